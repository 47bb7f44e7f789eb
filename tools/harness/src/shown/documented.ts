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
      if (attributes.includes('should_panic'))
        return [
          found(
            'promises-nothing',
            line,
            'an example with should_panic passes whatever it panics of, expected the words of the panic',
            'move it to a test of tests/: #[should_panic(expected = "...")]',
          ),
        ]
      if (attributes.includes('no_run'))
        return [
          found(
            'unproved',
            line,
            'an example with no_run is compiled and never run',
            'let it run, or show it as text: ```text',
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
  for (const [index, comment] of commentsIn(text).entries()) {
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

/** What each line says in a documentation comment; `undefined` outside of one. */
function commentsIn(text: readonly string[]): (string | undefined)[] {
  let isBlock = false
  return text.map((line) => {
    const begin = isBlock ? null : /^\s*\/\*[*!](?![*/])/.exec(line)?.[0]
    if (begin === undefined) return /^\s*\/\/[/!](?!\/)(.*)$/.exec(line)?.[1]
    const [inside = '', ...behind] = line.slice(begin?.length ?? 0).split('*/', 2)
    isBlock = behind.length === 0
    return begin === null ? inside.replace(/^\s*\*/, '') : inside
  })
}
