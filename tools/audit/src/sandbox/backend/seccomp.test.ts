import { describe, expect, test } from 'vitest'
import { ARCHITECTURES, type Architecture, dockerProfile, filterFor } from './seccomp.ts'
import { CLONE, CLONE3, DENIED, NEWEST, SOCKET, TRACING } from './syscalls.ts'

const ALLOW = 0x7fff_0000

/** What the kernel does with a filter: the part of classic BPF that these use. `errno`, or `null` for a call that passes. */
function answerTo(filter: Buffer, audit: number, number: number, argument = 0): number | null {
  const data = new Map([
    [0, number],
    [4, audit],
    [16, argument],
  ])
  let loaded = 0
  for (let at = 0; at < filter.length / 8; at++) {
    const [code, value] = [filter.readUInt16LE(at * 8), filter.readUInt32LE(at * 8 + 4)]
    if (code === 0x06) return value === ALLOW ? null : value & 0xffff
    if (code === 0x20) loaded = data.get(value)!
    else {
      const holds = { 21: loaded === value, 37: loaded > value, 69: (loaded & value) !== 0 }[code]
      if (holds === undefined) throw new Error(`the filter holds the unknown instruction ${code} at ${at}`)
      at += filter.readUInt8(at * 8 + (holds ? 2 : 3))
    }
  }
  throw new Error('the filter ends without an answer')
}

describe.each(Object.keys(ARCHITECTURES) as Architecture[])('on %s', (architecture) => {
  const { column, audit } = ARCHITECTURES[architecture]
  const filter = filterFor(architecture, false)
  const ask = (number: number, argument = 0) => answerTo(filter, audit, number, argument)

  test.each(Object.entries(DENIED).filter(([, numbers]) => numbers[column] !== null))(
    '%s is denied',
    (name, numbers) => {
      expect(ask(numbers[column]!)).toBe(1)
      const tracing = answerTo(filterFor(architecture, true), audit, numbers[column]!)
      expect(tracing).toBe(name === TRACING ? null : 1)
    },
  )

  test('all else up to the newest call passes, and what is newer is not there', () => {
    const special = [CLONE, CLONE3, SOCKET, ...Object.values(DENIED)].map((numbers) => numbers[column])
    const passes = Array.from({ length: NEWEST }, (_, number) => number).filter(
      (number) => ask(number) === null,
    )
    expect(passes).toEqual(
      Array.from({ length: NEWEST }, (_, number) => number).filter(
        (number) => !special.includes(number) || number === CLONE[column],
      ),
    )
    expect([ask(NEWEST + 1), ask(0x4000_0000), ask(CLONE3[column]!)]).toEqual([38, 38, 38])
  })

  test('a socket leads nowhere but into the network of the sandbox', () => {
    const families = Array.from({ length: 64 }, (_, family) => family)
    expect(families.filter((family) => ask(SOCKET[column]!, family) === null)).toEqual([1, 2, 10, 16])
  })

  test.each([0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000])(
    'clone makes no namespace of kind %i, and threads and processes all the same',
    (flag) => {
      expect(ask(CLONE[column]!, flag | 17)).toBe(1)
      expect(ask(CLONE[column]!, 0x3d0f00)).toBeNull()
    },
  )

  test('calls of another processor are denied', () => {
    expect(answerTo(filter, 0x4000_0003, 39)).toBe(1)
  })
})

test('Docker denies the same calls', () => {
  const names = (mayTrace: boolean): string[] => JSON.parse(dockerProfile(mayTrace)).syscalls[0].names
  expect(names(false)).toEqual(Object.keys(DENIED))
  expect(names(true)).toEqual(Object.keys(DENIED).filter((name) => name !== TRACING))
})
