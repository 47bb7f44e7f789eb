import * as v from 'valibot'

/** What the probe prints, one JSON object per line, when `COOKBOOK_EVENTS` is `json`. */
export const PROBE_EVENT = v.variant('event', [
  v.object({ event: v.literal('progress'), text: v.string() }),
  v.object({ event: v.literal('opened'), introduction: v.string() }),
  v.object({ event: v.literal('refused'), what: v.string(), problem: v.string(), fix: v.string() }),
])

export type ProbeEvent = v.InferOutput<typeof PROBE_EVENT>
