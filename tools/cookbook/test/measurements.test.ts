import { describe, expect, test } from 'vitest'
import { COMPARISONS, type Comparison, cases } from '../bench/patterns/comparisons.ts'
import { judge, say } from '../bench/patterns/judge.ts'
import { KEPT_FILE, type Kept, readKept } from '../bench/patterns/kept.ts'
import { pages } from '../bench/patterns/pages.ts'
import { withTable } from '../bench/patterns/tables.ts'
import { ROOT, text } from './tree.ts'

const kept = readKept(ROOT)

test.each(pages(ROOT, kept))(`$path says what ${KEPT_FILE} keeps`, ({ path, text: written }) => {
  expect(text(path), 'write it with: npm run bench:patterns -- --tables').toBe(written)
})

test('every case that is compared is kept, once for each round', () => {
  for (const name of cases()) {
    const rounds = kept.repetitions * kept.rounds
    const { nanoseconds, allocations, bytes } = kept.cases[name] ?? {}
    expect([nanoseconds?.length, allocations?.length, bytes?.length], name).toEqual([rounds, rounds, rounds])
  }
})

/** Two repetitions of three rounds, in which ours takes `ours` and the floor `floor` nanoseconds. */
function rounds(ours: number[], floor: number[]): Kept {
  const of = (nanoseconds: number[]) => ({ nanoseconds, allocations: nanoseconds, bytes: nanoseconds })
  return { ...kept, repetitions: 2, rounds: 3, cases: { ours: of(ours), floor: of(floor) } }
}

function only(kind: 'time' | 'rate' | 'allocations', goal: Comparison['goal']): Comparison[] {
  return [
    { kind, chapter: 'oneshot', what: 'one await', ours: 'ours', floor: 'floor', ...(goal && { goal }) },
  ]
}

describe('a figure', () => {
  const slower = rounds([12, 12, 90, 15, 15, 15], [10, 10, 10, 10, 10, 10])

  test('is a ratio within each round, the median of a repetition, and then of those', () => {
    expect(judge(slower, only('time', undefined))).toMatchObject([
      { figure: 1.5, spread: [1.2, 1.5], met: null },
    ])
    expect(judge(slower, only('rate', undefined))[0]).toMatchObject({ figure: 10 / 12, met: null })
    expect(judge(slower, only('allocations', undefined))).toMatchObject([{ figure: 15, spread: [12, 15] }])
  })

  test('misses its goal, or meets it to the digits that are shown', () => {
    const met = (goal: Comparison['goal']) =>
      judge(slower, only('time', goal)).map((one) => 'met' in one && one.met)
    expect(met({ kind: 'most', value: 1.5 })).toEqual([true])
    expect(met({ kind: 'most', value: 1.49 })).toEqual([false])
    expect(met({ kind: 'least', value: 1.5 })).toEqual([true])
    expect(met({ kind: 'least', value: 1.51 })).toEqual([false])
  })

  test('that was not measured is said to be missing', () => {
    const [missing] = judge({ ...kept, cases: {} }, only('time', { kind: 'most', value: 1 }))
    expect(say(missing!)).toBe('oneshot, one await: not measured (goal: at most 1)')
  })
})

test('a chapter without a place for its figures is named', () => {
  expect(() => withTable('# One result\n', 'oneshot', kept)).toThrow(
    'the chapter oneshot has no place for its figures',
  )
})

test('the goals of the guide are judged', () => {
  const goals = COMPARISONS.filter(({ goal }) => goal !== undefined).map(
    ({ chapter, kind, goal }) => `${chapter} ${kind} at ${goal!.kind} ${goal!.value}`,
  )
  expect(goals).toEqual([
    'oneshot time at most 1',
    'oneshot rate at least 0.95',
    'oneshot allocations at most 2',
    'stream rate at least 0.9',
    'stream rate at least 3',
    'coroutine time at most 1',
    'coroutine time at most 1.2',
  ])
})
