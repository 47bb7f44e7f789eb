import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readResults } from '../matrix/results.ts'
import { openSmallCheckout } from './checkout.ts'
import { freshShell, verify } from './run.ts'
import { shadow } from './shadow.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())

const at = (path: string) => join(small.root, path)
const EVIDENCE = at('patterns/ebb/evidence.json')
const calls = at('target/calls')
const tells = (real: string) => `echo "$(basename "$0") $*" >>'${calls}'\nexec ${real} "$@"`
const env = { ...freshShell(), ...shadow(small, 'cargo', tells), ...shadow(small, 'g++', tells) }
// The cell's compiler, on whatever machine.
symlinkSync('g++', at('target/shadow/programs/g++-12'))

/** One cell: what it found, what is said of it, and what was compiled. */
function run(cell: string) {
  rmSync(calls, { force: true })
  const args = ['run', 'matrix', '--', `--cells=${cell}`, '--out=target/table']
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: small.root, encoding: 'utf8', env })
  const kept = readResults(at('target/table/matrix.json'))
  if (kept.kind === 'refused') throw new Error(`${kept.problem}\n${stdout}${stderr}`)
  const compiled = readFileSync(calls, 'utf8')
    .split('\n')
    .filter((line) => / -c |^cargo (build|test|rustc) /.test(line))
  return { status, said: `${stdout}${stderr}`, result: kept.results[cell], compiled }
}

const CXX20 = 'host/g++-12/c++20/stable/debug/plain'
const CXX23 = 'host/g++-12/c++23/stable/debug/plain'
const PASSED = { kind: 'ran', chapters: { ebb: { kind: 'passed' }, flood: { kind: 'passed' } } }
let usual: { evidence: string; built: string[] }

beforeAll(async () => {
  const first = await verify(small)
  expect(first.passed, first.said).toBe(true)
  usual = { evidence: readFileSync(EVIDENCE, 'utf8'), built: globSync('target/*/ebb', { cwd: small.root }) }
})

test('a cell compiles the chapters by its own standard, and leaves neither what it built nor its evidence', () => {
  for (const [cell, flag] of [
    [CXX20, '-std=c++20'],
    [CXX23, '-std=c++23'],
  ] as const) {
    const { status, said, result, compiled } = run(cell)
    expect({ status, result }, said).toMatchObject({ status: 0, result: PASSED })
    expect(compiled.filter((line) => line.startsWith('cargo build'))).not.toEqual([])
    expect(compiled.filter((line) => line.includes(flag) && line.includes('src/ebb.cc'))).not.toEqual([])
    expect(readFileSync(EVIDENCE, 'utf8')).toBe(usual.evidence)
    expect(globSync('target/*/ebb', { cwd: small.root })).toEqual(usual.built)
  }
})

test('a cell that turbo has is replayed, and no compiler runs', () => {
  const { status, said, result, compiled } = run(CXX20)
  expect({ status, result, compiled }, said).toMatchObject({ status: 0, result: PASSED, compiled: [] })
  expect(said).toMatch(/: 2 chapters in \d+ s, 2 from the cache$/m)
  expect(readFileSync(EVIDENCE, 'utf8')).toBe(usual.evidence)
})
