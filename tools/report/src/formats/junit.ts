import { type Element, xml } from './xml.ts'

export type JUnitCase = {
  name: string
  classname: string
  durationMs?: number
  /** What went wrong, errors before failures. */
  problems: readonly { kind: 'error' | 'failure'; type?: string; message: string; text: string }[]
  /** Why it was not tried; `null` where it was. */
  skipped: string | null
  output?: string
}

export type JUnitSuite = { name: string; cases: readonly JUnitCase[]; durationMs: number }

/** Suites as JUnit XML. `safe` leaves only characters that XML has. */
export function junitDocument(
  name: string,
  suites: readonly JUnitSuite[],
  durationMs: number,
  safe: (text: string) => string,
): string {
  const content = suites.map(suiteOf)
  const sum = (key: string) => content.reduce((all, { attributes }) => all + Number(attributes[key]), 0)
  const counts = { tests: sum('tests'), failures: sum('failures'), errors: sum('errors') }
  const attributes = { name, ...counts, time: inSeconds(durationMs) }
  return xml({ name: 'testsuites', attributes, content }, safe)
}

function suiteOf({ name, cases, durationMs }: JUnitSuite): Element {
  const count = (wanted: ReturnType<typeof resultOf>) =>
    cases.filter((one) => resultOf(one) === wanted).length
  const attributes = {
    name,
    tests: cases.length,
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
    time: inSeconds(durationMs),
  }
  return { name: 'testsuite', attributes, content: cases.map(caseOf) }
}

function resultOf({ problems, skipped }: JUnitCase): 'error' | 'failure' | 'skipped' | 'passed' {
  if (problems.length > 0) return problems.some(({ kind }) => kind === 'error') ? 'error' : 'failure'
  return skipped === null ? 'passed' : 'skipped'
}

function caseOf(one: JUnitCase): Element {
  const { name, classname, durationMs, problems, skipped, output } = one
  const plain = (name: string, content: string): Element => ({ name, attributes: {}, content })
  const content = [
    ...(resultOf(one) === 'skipped' ? [plain('skipped', skipped!)] : []),
    ...problems.map(({ kind, type, message, text }): Element => {
      return { name: kind, attributes: { ...(type === undefined ? {} : { type }), message }, content: text }
    }),
    ...(output === undefined ? [] : [plain('system-out', output)]),
  ]
  const time = durationMs === undefined ? {} : { time: inSeconds(durationMs) }
  return { name: 'testcase', attributes: { name, classname, ...time }, content }
}

const inSeconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)
