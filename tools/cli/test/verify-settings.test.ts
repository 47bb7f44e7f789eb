import { expect, test } from 'vitest'
import { takeSettings } from '../src/verify/verify-settings.ts'

const PATTERNS = ['coroutine', 'oneshot']

test.for([
  [['--filter=oneshot'], 'oneshot'],
  [['--filter', 'oneshot', '--force'], 'oneshot'],
  [['-F', 'oneshot', '-F=coroutine'], 'oneshot,coroutine'],
] as const)('%j names the patterns that something may be downloaded for', ([args, chapters]) => {
  expect(takeSettings(args, PATTERNS)).toEqual({ env: { COOKBOOK_CHAPTERS: chapters }, rest: args })
})

test.for([
  [[]],
  [['--force']],
  [['--filter=one*']],
  [['--filter=!oneshot']],
  [['--filter=oneshot', '--filter=./patterns/coroutine']],
  [['--filter']],
] as const)('%j names none, and something may be downloaded for all', ([args]) => {
  expect(takeSettings(args, PATTERNS)).toEqual({ env: {}, rest: args })
})

test('a flag of our own becomes a variable, and is not passed to turbo', () => {
  expect(takeSettings(['--no-download', '--force', '--require-all'], PATTERNS)).toEqual({
    env: { COOKBOOK_NO_DOWNLOAD: '1', COOKBOOK_REQUIRE_ALL: '1' },
    rest: ['--force'],
  })
})
