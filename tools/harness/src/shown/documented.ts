import { withinPackage } from '@cookbook/diagnostics'
import { errorAt, type Finding, locate } from '@cookbook/guide'
import type { Read } from '../context/built.ts'
import type { Verification } from '../context/verification.ts'

/** An example in a documentation comment, which rustdoc takes for Rust. */
type Documented = { line: number; attributes: readonly string[]; lines: readonly string[] }

const RUST =
  /^(?:rust|should_panic|no_run|ignore|compile_fail|edition\d+|E\d{4}|test_harness|standalone_crate)$/
const EXITS = /(?<![\w.])(?:exit|_exit|quick_exit|abort)\s*\(/

/** The examples in the documentation of shown code that rustdoc does not run, or that pass whatever the pattern does. */
export function untriedDocumentation({ pkg, dir, crates }: Verification, read: Read): Finding[] {
  const own = crates[0]!
  const ofLibrary = new Set(
    read.files
      .filter(
        ({ artifact }) => artifact?.manifest === `${own.dir}/Cargo.toml` && artifact.kinds.some(isLibrary),
      )
      .map(({ path }) => withinPackage(pkg, dir, path)),
  )
  return [...pkg.files].flatMap(([path, { text }]) => {
    if (!path.endsWith('.rs') || /^(?:small\/)?(?:tests|reject)\//.test(path)) return []
    const found = (code: Finding['code'], line: number, message: string, fix: string) =>
      errorAt(code, locate(pkg, path, line, 1), message, fix)
    return documentedIn(text.lines).flatMap(({ line, attributes, lines }) => {
      if (!ofLibrary.has(path))
        return [
          found(
            'unproved',
            line,
            'rustdoc runs no example of a program',
            'show it in the documentation of the library, or as text: ```text',
          ),
        ]
      if (attributes.includes('compile_fail'))
        return [
          found(
            'promises-nothing',
            line,
            'an example with compile_fail passes whatever its error is, expected the error that it has',
            "move it to reject/, and promise its error in verify.test.ts: rejects('reject/name.rs', ...)",
          ),
        ]
      const exit = lines.findIndex((each) => EXITS.test(each))
      if (exit < 0) return []
      const message =
        'an example of the documentation ends its own process, so that nothing after it is tried'
      return [found('test-failed', line + 1 + exit, message, 'let it return')]
    })
  })
}

const isLibrary = (kind: string) => /^(?:lib|rlib|dylib|cdylib|staticlib|proc-macro)$/.test(kind)

function documentedIn(text: readonly string[]): Documented[] {
  const found: Documented[] = []
  let open: { line: number; attributes: string[]; lines: string[] } | null = null
  for (const [index, each] of text.entries()) {
    const comment = /^\s*\/\/[/!](?!\/)(.*)$/.exec(each)?.[1]
    const fence = comment === undefined ? null : /^\s*(?:```|~~~)(.*)$/.exec(comment)
    if (comment === undefined) open = null
    else if (fence === null) open?.lines.push(comment)
    else if (open === null)
      open = { line: index + 1, attributes: fence[1]!.split(/[\s,{}.]+/).filter(Boolean), lines: [] }
    else {
      if (open.attributes.every((word) => RUST.test(word))) found.push(open)
      open = null
    }
  }
  return found
}
