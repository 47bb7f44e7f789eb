import type { Goal } from '../figures/comparisons.ts'
import { ABORTS, AT_A_TIME, type Client, type HttpResults, type Taken } from '../figures/http-results.ts'
import { meets } from '../figures/judge.ts'
import { median } from '../figures/time.ts'

/** A figure of the chapter's client beside another; a time is ours divided by the other's, and so is a rate. */
export type HttpComparison = {
  kind: 'rate' | 'time'
  what: string
  of: keyof Taken
  beside: Client
  goal?: Goal
}

export type HttpFigure = {
  what: string
  beside: Client | null
  unit: string
  goal?: Goal
  figure: number
  /** The medians of the single repetitions, least and most. */
  spread: [number, number]
  met: boolean | null
}

/** At least what the best of those that have libcurl as well gives, and within 1.3 times of reqwest. */
const RATE = { isahc: 1, curl: 1, reqwest: 0.77 }
/** curl and ours do the same with a large body, so their rates differ by what the machine does beside them. */
const RATE_OF_LARGE = { isahc: 1, curl: 0.95, reqwest: 1 }
const TIME = { isahc: 1, reqwest: 1.3 }

const SMALL = `small bodies, ${AT_A_TIME} at a time`
const LARGE = 'a body of 100 MB'
const ALONE = 'small bodies, one after another: median'

function against(
  kind: HttpComparison['kind'],
  goal: Goal['kind'],
  values: Readonly<Partial<Record<Client, number>>>,
): (of: keyof Taken, what: string) => HttpComparison[] {
  return (of, what) =>
    Object.entries(values).map(([beside, value]) => ({
      kind,
      what,
      of,
      beside: beside as Client,
      goal: { kind: goal, value },
    }))
}

const rate = against('rate', 'least', RATE)
const rateOfLarge = against('rate', 'least', RATE_OF_LARGE)
const time = against('time', 'most', TIME)

const HTTP_COMPARISONS: readonly HttpComparison[] = [
  ...rate('perSecond', SMALL),
  ...time('median', `${SMALL}: median`),
  ...time('p99', `${SMALL}: the slowest of 100`),
  ...(['isahc', 'curl', 'reqwest'] as const).map(
    (beside) => ({ kind: 'time', what: ALONE, of: 'alone', beside }) as const,
  ),
  ...rateOfLarge('megabytes', LARGE),
]

const ABORT_GOAL: Goal = { kind: 'most', value: 50 }

/** What the kept figures say of each comparison, and of aborts. */
export function judgeHttp(results: HttpResults): HttpFigure[] {
  const compared = HTTP_COMPARISONS.map(({ kind, what, of, beside, goal }) => {
    const [ours, theirs] = [results.clients.ours[of], results.clients[beside][of]]
    const ratios = ours.map((value, round) => value / theirs[round]!)
    return figure(results, ratios, { what, beside, unit: ` times the ${kind}`, ...(goal && { goal }) })
  })
  // Nothing over libcurl can be faster than libcurl.
  const bounds = figure(
    results,
    results.libcurl.map((value, round) => value / results.clients.reqwest.perSecond[round]!),
    { what: `${SMALL}: libcurl alone`, beside: 'reqwest', unit: ' times the rate' },
  )
  const aborts = (what: string, taken: readonly number[]) =>
    figure(results, taken, { what, beside: null, unit: ' ms', goal: ABORT_GOAL })
  const drop = `from a drop until the server sees it, ${ABORTS.toLocaleString('en')} times`
  return [
    ...compared,
    bounds,
    aborts(`${drop}: median`, results.abort.median),
    aborts(`${drop}: most`, results.abort.most),
  ]
}

/** One line for a person. */
export function sayHttp({ what, beside, unit, goal, figure }: HttpFigure): string {
  const bound = goal === undefined ? '' : ` (goal: at ${goal.kind} ${goal.value})`
  return `${what}${beside === null ? '' : `, beside ${beside}`}: ${figure.toFixed(2)}${unit}${bound}`
}

function figure(
  { repetitions, rounds }: HttpResults,
  values: readonly number[],
  rest: Pick<HttpFigure, 'what' | 'beside' | 'unit' | 'goal'>,
): HttpFigure {
  const repeated = Array.from({ length: repetitions }, (_, index) =>
    median(values.slice(index * rounds, (index + 1) * rounds)),
  )
  const shown = median(repeated)
  return {
    ...rest,
    figure: shown,
    spread: [Math.min(...repeated), Math.max(...repeated)],
    met: meets(shown, rest.goal),
  }
}
