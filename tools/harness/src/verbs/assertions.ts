import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '@cookbook/evidence/digest'
import { errorAt, type Finding, locate, withinCrate } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'
import { closing, codeOf, lineAt, withoutComments } from '../source/code-text.ts'

/** A function or a macro of the tests, with its body as code. */
type Body = { file: string; index: number; code: string; panics: 'as it says' | 'of anything' | null }

/** Fails by itself when something is not as it should be. */
const FAILS =
  /\.(?:unwrap|expect)(?:_err|_none)?\s*\(|\b(?:panic|unreachable|todo)!|\?\s*[;)]|\bexit\s*\(|\babort\s*\(/
/** Paths that lead to nothing of the pattern, and no other path does so. */
const ELSEWHERE = /^(?:std|core|alloc|str|char|bool|[iu](?:8|16|32|64|128|size)|f(?:32|64))$/

/**
 * Says that a test asserts nothing: neither it nor what it calls among the pattern's tests can fail by what they see,
 * or they see nothing of the pattern. An assertion about constants alone does not count. `null` for a test that
 * asserts something.
 */
export function assertsNothing(verification: Verification, file: string, name: string): Finding | null {
  const bodies = bodiesOf(verification)
  const own = bodies.get(name.split('::').at(-1)!)?.find((body) => body.file === file)
  if (own === undefined) return null
  const text = readFileSync(join(verification.dir, file), 'utf8')
  const at = locate(verification.pkg, file, lineAt(text, own.index), 1)
  if (own.panics === 'of anything') {
    const message = `${name} passes whatever it panics of, expected the words of the panic`
    return errorAt('promises-nothing', at, message, 'write #[should_panic(expected = "...")]')
  }
  const reached = reachedFrom(own, bodies)
  const isAsserted = reached.some(asserts)
  if (isAsserted && reached.some((body) => seesPattern(body, text))) return null
  const what = isAsserted ? ' about the pattern' : ''
  return errorAt(
    'no-assertion',
    at,
    `${name} asserts nothing${what}, so it passes whatever the pattern does`,
    'assert what the claim says: assert_eq!(found, expected)',
  )
}

const known = new WeakMap<Verification, ReadonlyMap<string, Body[]>>()

function bodiesOf(verification: Verification): ReadonlyMap<string, Body[]> {
  const found = known.get(verification) ?? readBodies(verification.dir)
  known.set(verification, found)
  return found
}

function readBodies(dir: string): Map<string, Body[]> {
  const files = filesBelow(dir).filter((path) =>
    /^(?:tests|src|benches|examples)\/.*\.rs$/.test(withinCrate(path)),
  )
  const bodies = files.flatMap((file) => {
    const text = readFileSync(join(dir, file), 'utf8')
    const code = codeOf(text, 'rust')
    return [...code.matchAll(/\b(?:fn\s+|macro_rules!\s*)(\w+)/g)].flatMap(({ index, 1: name }) => {
      const open = code.slice(index).search(/[{;]/) + index
      if (code[open] !== '{') return []
      const body = code.slice(open, closing(code, open))
      return [[name!, { file, index, code: body, panics: promisedBefore(text, code, index) }] as const]
    })
  })
  const byName = new Map<string, Body[]>()
  for (const [name, body] of bodies) byName.set(name, [...(byName.get(name) ?? []), body])
  return byName
}

/** What a `#[should_panic]` before a function promises. Fewer letters are in too many messages. */
function promisedBefore(text: string, code: string, index: number): Body['panics'] {
  const found = /#\s*\[\s*should_panic[^\]]*\][^{};]*$/.exec(code.slice(0, index))
  if (found === null) return null
  const attribute = withoutComments(text.slice(found.index, index), 'rust')
  const [, words = ''] = /should_panic\s*(?:\(\s*expected)?\s*=\s*r?#*"([^"]*)"/.exec(attribute) ?? []
  return words.replace(/[^\p{L}\d]/gu, '').length < 4 ? 'of anything' : 'as it says'
}

/** A body and those that it calls among the pattern's tests. */
function reachedFrom(own: Body, bodies: ReadonlyMap<string, Body[]>): Body[] {
  const reached = new Set([own])
  for (const { file, code } of reached)
    for (const [, name] of code.matchAll(/\b(\w+)\s*!?\s*[([{]/g))
      for (const body of bodies.get(name!) ?? [])
        if (body.file === file || withinCrate(body.file).startsWith('tests/')) reached.add(body)
  return [...reached]
}

function asserts({ code, panics }: Body): boolean {
  if (panics !== null || FAILS.test(code)) return true
  return [...code.matchAll(/\b(?:debug_)?assert(?:_\w+)?!\s*[([{]/g)].some(({ index, 0: found }) => {
    const open = index + found.length - 1
    // Strings are blank in it: what is left are names, or constants alone.
    return /[A-Za-z_]/.test(code.slice(open, closing(code, open)).replace(/\b(?:true|false|\d\w*)\b/g, ''))
  })
}

/** Whether a body names something that is not its own and not of Rust's library. `text` is the test's file. */
function seesPattern({ file, code }: Body, text: string): boolean {
  if (!withinCrate(file).startsWith('tests/') || /\binclude!\s*[([{]/.test(text)) return true
  if (/\bCommand\b|\benv!/.test(code)) return true
  const paths = [...code.matchAll(/(?<![\w:])([a-z_]\w*)\s*::/g)]
  if (paths.some(([, root]) => !ELSEWHERE.test(root!))) return true
  const imports = [...codeOf(text, 'rust').matchAll(/\buse\s+(?:::)?(\w+)([^;]*);/g)]
  return imports
    .filter(([, root]) => !ELSEWHERE.test(root!))
    .some(
      ([, root, rest]) =>
        rest!.includes('*') ||
        new RegExp(`\\b(?:${[root, ...(rest!.match(/\w+/g) ?? [])].join('|')})\\b`).test(code),
    )
}
