import { parseAs } from '@cookbook/evidence/json'
import * as v from 'valibot'

/** What a watched runner tells the process that watches it, a line of JSON on its standard output for each. */
const EVENT = v.object({ event: v.literal('checked'), name: v.string() })
export type RunnerEvent = v.InferOutput<typeof EVENT>

export const eventLine = (event: RunnerEvent): string => JSON.stringify(event)

/** The event of a line; `null` for a line that is for people. */
export function parseEvent(line: string): RunnerEvent | null {
  return line.startsWith('{') ? parseAs(EVENT, line) : null
}
