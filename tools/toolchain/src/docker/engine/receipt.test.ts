import { expect, test } from 'vitest'
import type { Outcome } from '../../process/command.ts'
import { keep, newReceipt, redeem } from './receipt.ts'

const receipt = newReceipt()

function client(stderr: string): Outcome {
  return { kind: 'exited', code: 0, stdout: 'printed', stderr, truncated: false, durationMs: 100 }
}

test.each([
  ['exited 0 5 0', { kind: 'exited', code: 0 }],
  ['exited 124 5 0', { kind: 'exited', code: 124 }],
  ['exited 137 5 0', { kind: 'exited', code: 137 }],
  ['signaled SIGABRT 5 0', { kind: 'signaled', signal: 'SIGABRT' }],
  ['timed-out 300 5 0', { kind: 'timed-out', limitMs: 300 }],
  ['missing 2 5 0', { kind: 'missing', program: 'fetch' }],
])('the supervisor saying "%s" is the ending', (line, exitStatus) => {
  const redeemed = redeem(receipt, client(`warning\n\n${receipt} ${line}\n`), 'fetch')
  const outcome = { ...exitStatus, stdout: 'printed', stderr: 'warning\n', truncated: false, durationMs: 5 }
  expect(redeemed).toEqual({ outcome, oomKills: 0 })
})

test('what the kernel killed because memory ran out is counted', () => {
  const redeemed = redeem(receipt, client(`\n${receipt} signaled SIGKILL 5 2\n`), 'fetch')
  expect(redeemed).toMatchObject({ outcome: { kind: 'signaled' }, oomKills: 2 })
})

test('a program that prints the line of another receipt changes nothing', () => {
  const forged = `\n${newReceipt()} exited 0 1 0\n`
  const redeemed = redeem(receipt, client(`${forged}\n${receipt} exited 3 1 0\n`), 'fetch')
  expect(redeemed?.outcome).toMatchObject({ kind: 'exited', code: 3, stderr: forged })
})

test.each(['', 'Error: No such container', `\n${receipt} abandoned 0 7 0\n`, `\n${receipt} `])(
  'without the word of an ending there is none: %j',
  (stderr) => expect(redeem(receipt, client(stderr), 'fetch')).toBeNull(),
)

test('no more is kept than was asked for', () => {
  const outcome = keep({ ...client('0123456789'), stdout: 'abc' }, 4)
  expect(outcome).toMatchObject({ stdout: 'abc', stderr: '6789', truncated: true })
  expect(keep(client('0123'), 7)).toMatchObject({ stdout: 'printed', stderr: '0123', truncated: false })
})
