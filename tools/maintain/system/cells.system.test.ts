import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openSmallCheckout } from '../checkout/checkout.ts'
import { freshShell } from '../checkout/run.ts'
import { shadow } from '../checkout/shadow.ts'
import { readResults } from '../matrix/results.ts'

const small = openSmallCheckout(['ebb'])
afterAll(() => small[Symbol.dispose]())

const at = (path: string) => join(small.root, path)
const EVIDENCE = at('patterns/ebb/evidence.json')
const calls = at('target/calls')
const reports = (real: string) => `echo "$(basename "$0") $*" >>'${calls}'\nexec ${real} "$@"`
const env = { ...freshShell(), ...shadow(small, 'cargo', reports), ...shadow(small, 'g++', reports) }
// The cell's compiler, on whatever machine.
symlinkSync('g++', at('target/shadow/programs/g++-12'))

/** One cell: what it found, what is said of it, and what was compiled. */
function run(cell: string) {
  rmSync(calls, { force: true })
  const args = ['run', 'matrix', '--', `--cells=${cell}`, '--out=target/table']
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: small.root, encoding: 'utf8', env })
  const saved = readResults(at('target/table/matrix.json'))
  if (saved.kind === 'refused') throw new Error(`${saved.problem}\n${stdout}${stderr}`)
  const compiled = readFileSync(calls, 'utf8')
    .split('\n')
    .filter((line) => / -c |^cargo (build|test|rustc) /.test(line))
  return { status, said: `${stdout}${stderr}`, result: saved.results[cell], compiled }
}

const CELL = 'host/g++-12/c++23/stable/debug/plain'
const PASSED = { kind: 'ran', chapters: { ebb: { kind: 'passed' } } }
const USUAL = '"what the ordinary verification saw"'

test('a cell compiles a chapter by its own standard, and leaves neither what it built nor its evidence', () => {
  writeFileSync(EVIDENCE, USUAL)
  const { status, said, result, compiled } = run(CELL)
  expect({ status, result }, said).toMatchObject({ status: 0, result: PASSED })
  expect(compiled.filter((line) => line.startsWith('cargo build'))).not.toEqual([])
  const ofEbb = compiled.filter((line) => line.includes('src/ebb.cc'))
  expect(ofEbb).not.toEqual([])
  expect(ofEbb.filter((line) => !line.includes('-std=c++23'))).toEqual([])
  expect(readFileSync(EVIDENCE, 'utf8')).toBe(USUAL)
  expect(globSync('target/*/{ebb,seed}', { cwd: small.root })).toEqual([])
})

test('a cell that turbo has is replayed, and no compiler runs', () => {
  const { status, said, result, compiled } = run(CELL)
  expect({ status, result, compiled }, said).toMatchObject({ status: 0, result: PASSED, compiled: [] })
  expect(said).toMatch(/: 1 chapters in \d+ s, 1 from the cache$/m)
  expect(readFileSync(EVIDENCE, 'utf8')).toBe(USUAL)
})
