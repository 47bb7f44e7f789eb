import { execFileSync } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { matrix } from '../../workflows/src/matrix.ts'
import { commit, openSmallCheckout } from '../checkout/checkout.ts'

const small = openSmallCheckout()
afterAll(() => small[Symbol.dispose]())

const git = (...args: string[]) => execFileSync('git', args, { cwd: small.root, encoding: 'utf8' }).trim()
const head = () => git('rev-parse', 'HEAD')

/** What a pull request that adds a line to these files is sharded into. */
function changed(...paths: string[]): string[] {
  const base = head()
  for (const path of paths) appendFileSync(join(small.root, path), '\n')
  commit(small.root)
  return matrix(small.root, base, 4).map(({ filters }) => filters)
}

const EBB = ['--filter=ebb']
const BOTH = ['--filter=ebb', '--filter=flood']

test.each([
  ['patterns/ebb/src/ebb.cc', EBB],
  ['patterns/ebb/README.md', EBB],
  ['Cargo.lock', BOTH],
  ['turbo.json', BOTH],
  ['docker/Dockerfile', BOTH],
  ['tools/harness/src/runner/pattern.ts', BOTH],
  ['tools/guide/src/chapter/parse.ts', BOTH],
  ['tools/guide/src/chapter/parse.test.ts', []],
  ['tools/report/src/terminal.ts', []],
  ['docs/measurements.md', []],
])('a change of %s: %j', (path, shards) => {
  expect(changed(path)).toEqual(shards)
})

test('two patterns are two shards, and one where there may be but one', () => {
  const base = head()
  expect(changed('patterns/ebb/README.md', 'patterns/flood/README.md')).toEqual(BOTH)
  expect(matrix(small.root, base, 1).map(({ filters }) => filters)).toEqual(['--filter=ebb --filter=flood'])
})

test('what came to the base since the branch left it does not count', () => {
  const start = head()
  git('checkout', '--quiet', '-b', 'base')
  appendFileSync(join(small.root, 'patterns/flood/README.md'), '\n')
  commit(small.root)
  const base = head()
  git('checkout', '--quiet', '-b', 'branch', start)
  appendFileSync(join(small.root, 'patterns/ebb/README.md'), '\n')
  commit(small.root)
  expect(matrix(small.root, base, 4).map(({ filters }) => filters)).toEqual(EBB)
})

test('without the base in the clone there is no matrix', () => {
  expect(() => matrix(small.root, '0'.repeat(40), 4)).toThrow('check out with fetch-depth: 0')
  expect(() => matrix(small.root, '--help', 4)).toThrow('is not the hash of a commit')
})

test('a file that turbo cannot read is no empty matrix', () => {
  const base = head()
  writeFileSync(join(small.root, 'turbo.json'), '{')
  commit(small.root)
  expect(() => matrix(small.root, base, 4)).toThrow()
})
