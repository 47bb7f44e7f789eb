/** One bound of a figure, from the issue that asked for the guide. */
export type Goal = { kind: 'most' | 'least'; value: number }

/**
 * A figure of a chapter. `ours` and `floor` are what `patterns-bench` is called with. A time is ours divided by the
 * floor's, a rate the other way round, so that more is better; allocations are Rust's own, for one await or event.
 */
export type Comparison =
  | { kind: 'time' | 'rate'; chapter: string; what: string; ours: string; floor: string; goal?: Goal }
  | { kind: 'allocations'; chapter: string; what: string; ours: string; goal?: Goal }

/** What a floor is, in words. */
export const FLOORS: Record<string, string> = {
  'one-thread': 'a Rust thread and an awaited `futures::channel::oneshot`',
  'four-threads': 'four Rust threads and the same',
  bounded: 'a bounded `futures::channel::mpsc`',
  unbounded: 'an unbounded `futures::channel::mpsc`',
  'cxx-async': 'the same coroutine by the crate cxx-async',
}

/** What a chapter says below its table: how it was pinned, and what that favours. */
export const FAVOURS: Record<string, string> = {
  oneshot:
    'All threads were pinned to one processor, so two never run at once. No figure contains the cost of waking another processor, or of four threads that contend for one queue; that favours ours and the four Rust threads over the one Rust thread. Allocations of C++ are not counted.',
  stream:
    'Both threads were pinned to one processor, so producer and consumer never run at once. That favours the bounded channels, whose two sides would otherwise wake each other more often, and hides what batches save on two processors. Every consumer counts the lines of each event. Allocations of C++ are not counted.',
  blocking:
    'All threads were pinned to one processor, so those of the pool never run at once: that favours the one Rust thread. C++ finds nothing to read, so only the crossing is measured: the worst case for the pool.',
  coroutine:
    'All threads were pinned to one processor, so the four workers never run at once. No figure contains contention for their queue, which favours ours and cxx-async alike. The Rust thread allocates no frame and checks for no stop, which favours it. Allocations of C++ are not counted.',
}

const most = (value: number): Goal => ({ kind: 'most', value })
const least = (value: number): Goal => ({ kind: 'least', value })

/** `await oneshot 1` and `await oneshot 1000`, both beside a floor. */
function awaits(
  chapter: string,
  ours: string,
  name: string,
  floor: string,
  one?: Goal,
  many?: Goal,
): Comparison[] {
  const beside = (inFlight: number) => ({
    ours: `await ${ours} ${inFlight}`,
    floor: `await ${floor} ${inFlight}`,
  })
  return [
    { kind: 'time', chapter, what: name, ...beside(1), ...(one && { goal: one }) },
    { kind: 'rate', chapter, what: `${name}, 1,000 in flight`, ...beside(1000), ...(many && { goal: many }) },
  ]
}

export const COMPARISONS: readonly Comparison[] = [
  ...awaits('oneshot', 'oneshot', 'one await', 'one-thread', most(1), least(0.95)),
  ...awaits('oneshot', 'oneshot', 'one await', 'four-threads'),
  { kind: 'allocations', chapter: 'oneshot', what: 'one await', ours: 'await oneshot 1', goal: most(2) },
  ...awaits('oneshot', 'new-thread', 'a new thread for each call instead', 'one-thread'),
  {
    kind: 'rate',
    chapter: 'stream',
    what: 'one event at a time',
    ours: 'events stream',
    floor: 'events bounded',
    goal: least(0.9),
  },
  {
    kind: 'rate',
    chapter: 'stream',
    what: 'batches of up to 64',
    ours: 'events batches',
    floor: 'events unbounded',
    goal: least(3),
  },
  { kind: 'allocations', chapter: 'stream', what: 'one event at a time', ours: 'events stream' },
  { kind: 'allocations', chapter: 'stream', what: 'a line of a batch', ours: 'events batches' },
  ...awaits('blocking', 'blocking', 'one call by `spawn_blocking`', 'one-thread'),
  {
    kind: 'time',
    chapter: 'coroutine',
    what: 'one await',
    ours: 'await coroutine 1',
    floor: 'await cxx-async 1',
    goal: most(1),
  },
  ...awaits('coroutine', 'coroutine', 'one await', 'one-thread', most(1.2)),
  { kind: 'allocations', chapter: 'coroutine', what: 'one await', ours: 'await coroutine 1' },
]

/** What is measured as it grows, from 1 to 10,000 at once. */
export const GROWTH = {
  atOnce: [1, 10, 100, 1000, 10_000],
  time: { ours: ['oneshot', 'coroutine'], floor: 'one-thread' },
  memory: ['oneshot', 'coroutine', 'four-threads'],
} as const

/** Everything that is run, each once, those that are compared side by side; cxx-async only when it is at hand. */
export function cases(cxxAsync = false): string[] {
  const compared = COMPARISONS.flatMap((one) => ('floor' in one ? [one.floor, one.ours] : [one.ours]))
  const grown = GROWTH.atOnce.flatMap((atOnce) => [
    ...[GROWTH.time.floor, ...GROWTH.time.ours].map((name) => `await ${name} ${atOnce}`),
    ...GROWTH.memory.map((name) => `pending ${name} ${atOnce}`),
  ])
  return [...new Set([...compared, ...grown])].filter((name) => cxxAsync || !isCxxAsync(name))
}

/** Whether the case is that of the program beside the others, which a changed copy of cxx-async is built into. */
export function isCxxAsync(name: string): boolean {
  return name.startsWith('await cxx-async ')
}
