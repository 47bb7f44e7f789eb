import { expect, test } from 'vitest'
import { holds } from './cfg.ts'

const settings = new Set(['unix', 'test', 'feature="tls"', 'target_os="linux"'])

test.each([
  ['any()', false],
  ['all()', true],
  ['true', true],
  ['false', false],
  ['unix', true],
  ['windows', false],
  ['not(windows)', true],
  ['feature = "tls"', true],
  ['feature = "beast"', false],
  ['all(unix, not(feature = "beast"), any(windows, target_os = "linux"),)', true],
  ['all(unix, any(windows, feature = "beast"))', false],
  ['version("1.90")', null],
  ['', null],
])('%s is %s', (predicate, wanted) => expect(holds(predicate, settings)).toBe(wanted))
