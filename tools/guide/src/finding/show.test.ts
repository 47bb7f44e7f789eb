import { expect, test } from 'vitest'
import { showFinding } from '../index.ts'

const finding = {
  code: 'test-failed',
  severity: 'error',
  file: 'patterns/oneshot/README.md',
  line: 41,
  column: 5,
  message: 'a test failed',
  detail: [
    '::set-output name=token::secret',
    '\u001b[2J\u001b]0;title\u0007',
    'a ##[error] of another day',
    'std::string is left alone',
  ],
  fix: 'fix it',
} as const

test('a finding says where, what and what to do, and what an example printed commands nothing', () => {
  expect(showFinding(finding)).toMatchInlineSnapshot(`
    "patterns/oneshot/README.md:41:5 test-failed: a test failed
      : :set-output name=token::secret
      \\x1b[2J\\x1b]0;title\\x07
      a # #[error] of another day
      std::string is left alone
      fix it"
  `)
})
