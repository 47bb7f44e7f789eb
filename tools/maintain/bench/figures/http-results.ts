/** Those that are measured in one run. `ours` is the chapter's. */
export const CLIENTS = ['ours', 'isahc', 'curl', 'reqwest'] as const
export type Client = (typeof CLIENTS)[number]

/** One number for each time that a client ran, in the order of the rounds. */
export type Taken = {
  /** Small bodies, `AT_A_TIME` under way at once: how many in a second. */
  perSecond: number[]
  /** Microseconds for each of these, from asking until the whole answer is there. Not curl's, which says something else. */
  median: number[]
  p99: number[]
  /** Microseconds for a small body when nothing else is under way, the median. */
  alone: number[]
  /** Of a large body, in a second. */
  megabytes: number[]
}

/** What `docs/data/measurements.json` keeps of the clients. */
export type HttpResults = {
  machine: {
    date: string
    processors: number
    linux: string
    rustc: string
    cxx: string
    curl: string
    nginx: string
  }
  repetitions: number
  rounds: number
  clients: Record<Client, Taken>
  /** Small bodies in a second, `AT_A_TIME` under way, by libcurl on one thread with nobody who awaits. */
  libcurl: number[]
  /** Milliseconds from the drop of a future until the server sees its connection close, of `ABORTS` in each round. */
  abort: { median: number[]; most: number[] }
}

export const AT_A_TIME = 50
export const ABORTS = 1000
