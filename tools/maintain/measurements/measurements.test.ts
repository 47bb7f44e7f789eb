import { describe, expect, test } from 'vitest'
import { COMPARISONS, type Comparison, cases } from '../bench/figures/comparisons.ts'
import { CLIENTS } from '../bench/figures/http-results.ts'
import { judge, say } from '../bench/figures/judge.ts'
import { type Measurements, RESULTS_FILE, readMeasurements } from '../bench/figures/measurements.ts'
import { withTable } from '../bench/figures/tables.ts'
import { judgeHttp, sayHttp } from '../bench/http/judge.ts'
import { ROOT, text } from '../rules/tree.ts'
import { pages } from './pages.ts'

const results = readMeasurements(ROOT)

test.each(pages(ROOT, results))(`$path says what ${RESULTS_FILE} keeps`, ({ path, text: written }) => {
  expect(text(path), 'write it with: npm run bench:patterns -- --tables').toBe(written)
})

test('every case that is compared is kept, once for each round', () => {
  for (const name of cases()) {
    const rounds = results.repetitions * results.rounds
    const { nanoseconds, allocations, bytes } = results.cases[name] ?? {}
    expect([nanoseconds?.length, allocations?.length, bytes?.length], name).toEqual([rounds, rounds, rounds])
  }
})

/** Two repetitions of three rounds, in which ours takes `ours` and the floor `floor` nanoseconds. */
function rounds(ours: number[], floor: number[]): Measurements {
  const of = (nanoseconds: number[]) => ({ nanoseconds, allocations: nanoseconds, bytes: nanoseconds })
  return { ...results, repetitions: 2, rounds: 3, cases: { ours: of(ours), floor: of(floor) } }
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
    const [missing] = judge({ ...results, cases: {} }, only('time', { kind: 'most', value: 1 }))
    expect(say(missing!)).toBe('oneshot, one await: not measured (goal: at most 1)')
  })
})

test('a chapter without a place for its figures is named', () => {
  expect(() => withTable('# One result\n', 'oneshot', results)).toThrow(
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

describe('the HTTP client', () => {
  const { http } = results

  test('and each of those beside it are kept, once for each round', () => {
    const rounds = http.repetitions * http.rounds
    for (const client of CLIENTS) {
      const { perSecond, median, p99, alone, megabytes } = http.clients[client]
      expect([perSecond.length, alone.length, megabytes.length], client).toEqual([rounds, rounds, rounds])
      const said = client === 'curl' ? 0 : rounds
      expect([median.length, p99.length], client).toEqual([said, said])
    }
    expect([http.abort.median.length, http.abort.most.length]).toEqual([rounds, rounds])
  })

  test('is judged by the goals of the guide', () => {
    const goals = judgeHttp(http).flatMap(({ what, beside, goal }) =>
      goal === undefined ? [] : [`${what}, ${beside}: at ${goal.kind} ${goal.value}`],
    )
    expect(goals).toMatchInlineSnapshot(`
      [
        "small bodies, 50 at a time, isahc: at least 1",
        "small bodies, 50 at a time, curl: at least 1",
        "small bodies, 50 at a time, reqwest: at least 0.77",
        "small bodies, 50 at a time: median, isahc: at most 1",
        "small bodies, 50 at a time: median, reqwest: at most 1.3",
        "small bodies, 50 at a time: the slowest of 100, isahc: at most 1",
        "small bodies, 50 at a time: the slowest of 100, reqwest: at most 1.3",
        "a body of 100 MB, isahc: at least 1",
        "a body of 100 MB, curl: at least 0.95",
        "a body of 100 MB, reqwest: at least 1",
        "from a drop until the server sees it, 1,000 times: median, null: at most 50",
        "from a drop until the server sees it, 1,000 times: most, null: at most 50",
      ]
    `)
  })

  test('misses a goal, or meets it', () => {
    const beside = (perSecond: number[]) => ({ ...http.clients.isahc, perSecond })
    const clients = { ...http.clients, ours: beside([9, 9, 9, 30, 11, 12]), isahc: beside(Array(6).fill(10)) }
    const [first] = judgeHttp({ ...http, repetitions: 2, rounds: 3, clients })
    expect(first).toMatchObject({ figure: 1.2, spread: [0.9, 1.2], met: true })
    const [slower] = judgeHttp({ ...http, repetitions: 1, rounds: 3, clients })
    expect(slower).toMatchObject({ figure: 0.9, met: false })
    expect(sayHttp(slower!)).toBe(
      'small bodies, 50 at a time, beside isahc: 0.90 times the rate (goal: at least 1)',
    )
  })
})
