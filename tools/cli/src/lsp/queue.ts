/** Audits of pages: one at a time, those that were asked for last before the others, and none of a page beside another. */
export type Queue = {
  /** Audits a page: one of it that runs is ended first. */
  add(path: string): void
  /** Ends what is done for a page, or waits. */
  drop(path: string): void
  /** Ends all of it. Resolves when nothing runs any more. */
  end(): Promise<void>
}

/** `work` audits a page; it ends soon after its signal, and does not reject. */
export function openQueue(work: (path: string, signal: AbortSignal) => Promise<void>): Queue {
  let waiting: string[] = []
  let running: { path: string; abort: AbortController } | null = null
  let idle = Promise.resolve()

  async function drain(): Promise<void> {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const abort = new AbortController()
      running = { path, abort }
      await work(path, abort.signal)
      running = null
    }
  }

  const without = (path: string) => {
    waiting = waiting.filter((other) => other !== path)
    if (running?.path === path) running.abort.abort()
  }
  return {
    add(path) {
      without(path)
      waiting.push(path)
      if (running === null) idle = idle.then(drain)
    },
    drop: without,
    end() {
      waiting = []
      running?.abort.abort()
      return idle
    },
  }
}
