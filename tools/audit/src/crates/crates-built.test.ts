import { expect, test } from 'vitest'
import { cratesIn } from './crates-built.ts'

const artifact = (more: object) =>
  JSON.stringify({
    ...{ reason: 'compiler-artifact', manifest_path: '/r/wool/Cargo.toml', filenames: ['/t/libwool.rlib'] },
    ...{ target: { name: 'wool', kind: ['lib'] } },
    ...more,
  })
const SCRIPT = {
  manifest_path: '/room/Cargo.toml',
  target: { name: 'build-script-build', kind: ['custom-build'] },
  filenames: ['/t/build-script-build'],
}
const EXECUTED = '{"reason":"build-script-executed","out_dir":"/t/out"}'

test('what cargo built is what it says', () => {
  const stdout = [artifact({}), artifact(SCRIPT), EXECUTED, EXECUTED].join('\n')
  const reported = {
    kind: 'built',
    externs: [{ name: 'wool', file: '/t/libwool.rlib' }],
    includes: ['/t/out/include'],
  }
  expect(cratesIn(stdout, '/room', true)).toEqual({ ...reported, tool: '/t/build-script-build' })
  expect(cratesIn(stdout, '/room', false)).toEqual({ ...reported, tool: null })
})

test.each([
  artifact({ target: null }),
  artifact({ target: { name: 1, kind: ['lib'] } }),
  artifact({ target: { name: 'wool', kind: 'lib' } }),
  artifact({ filenames: [] }),
  artifact({ filenames: [1] }),
  artifact({ manifest_path: null }),
  '{"reason":"build-script-executed","out_dir":7}',
  '{"reason":"compiler-artifact"}',
  '{}',
])('a line that only looks like cargo’s says nothing: %s', (line) => {
  expect(cratesIn(line, '/room', true)).toEqual({ kind: 'built', externs: [], includes: [], tool: null })
})
