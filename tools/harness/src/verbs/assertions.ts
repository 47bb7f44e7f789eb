import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from '@cookbook/evidence/digest'
import { errorAt, type Finding, locate, withinCrate } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'
import { closing, codeOf, lineAt } from '../source/code-text.ts'

/** A function or a macro of the tests, with its body as code. */
type Body = { file: string; index: number; code: string }

/** Fails by itself when something is not as it should be. */
const FAILS =
  /\.(?:unwrap|expect)(?:_err|_none)?\s*\(|\b(?:panic|unreachable|todo)!|\?\s*[;)]|\bexit\s*\(|\babort\s*\(/

/**
 * Says that a test asserts nothing: neither it nor what it calls among the pattern's tests can fail by what they see.
 * An assertion about constants alone is none. `null` where it does.
 */
export function assertsNothing(verification: Verification, file: string, name: string): Finding | null {
  const bodies = bodiesOf(verification)
  const own = bodies.get(name.split('::').at(-1)!)?.find((body) => body.file === file)
  if (own === undefined || asserts(own, bodies, new Set())) return null
  const text = readFileSync(join(verification.dir, file), 'utf8')
  return errorAt(
    'no-assertion',
    locate(verification.pkg, file, lineAt(text, own.index), 1),
    `${name} asserts nothing, so it passes whatever the pattern does`,
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
    const code = codeOf(readFileSync(join(dir, file), 'utf8'), 'rust')
    return [...code.matchAll(/\b(?:fn\s+|macro_rules!\s*)(\w+)/g)].flatMap(({ index, 1: name }) => {
      const open = code.slice(index).search(/[{;]/) + index
      if (code[open] !== '{') return []
      const promised = /#\s*\[\s*should_panic[^\]]*\][^{};]*$/.test(code.slice(0, index))
      const body = code.slice(open, closing(code, open))
      return [[name!, { file, index, code: promised ? `panic!() ${body}` : body }] as const]
    })
  })
  const byName = new Map<string, Body[]>()
  for (const [name, body] of bodies) byName.set(name, [...(byName.get(name) ?? []), body])
  return byName
}

function asserts({ file, code }: Body, bodies: ReadonlyMap<string, Body[]>, seen: Set<string>): boolean {
  if (FAILS.test(code)) return true
  for (const { index, 0: found } of code.matchAll(/\b(?:debug_)?assert(?:_\w+)?!\s*[([{]/g)) {
    const open = index + found.length - 1
    // Strings are blank in it: what is left are names, or constants alone.
    if (/[A-Za-z_]/.test(code.slice(open, closing(code, open)).replace(/\b(?:true|false|\d\w*)\b/g, '')))
      return true
  }
  for (const [, name] of code.matchAll(/\b(\w+)\s*!?\s*[([{]/g)) {
    if (seen.has(name!)) continue
    seen.add(name!)
    const called = (bodies.get(name!) ?? []).filter(
      (body) => body.file === file || withinCrate(body.file).startsWith('tests/'),
    )
    if (called.some((body) => asserts(body, bodies, seen))) return true
  }
  return false
}
