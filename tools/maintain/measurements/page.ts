import type { Measurements } from '../bench/figures/measurements.ts'
import { comparisonTable, growthTable } from '../bench/figures/tables.ts'
import { httpSection } from '../bench/http/section.ts'

/** `docs/measurements.md`, all of it. */
export function page(results: Measurements): string {
  const { date, processors, linux, rustc, cxx } = results.machine
  return `# Measurements

\`npm run bench:patterns\` measures what the patterns cost, writes the figures to [measurements.json](data/measurements.json), and this page and the tables of the chapters from them. It ends with an error when a goal is missed. These are of ${date}: release builds by ${rustc} and ${cxx}, on a virtual machine with ${processors} processors and Linux ${linux}.

## How it is measured

- Every figure is a ratio of two things in one run, because the time itself says more about the machine. Both do the same work: they open, read and close the same file, with the same calls to the system, on another thread. For one result the file has no bytes, so there is little beside the crossing; for a stream it has 300,000 lines.
- Each case is a process of its own, pinned to one processor (\`taskset\`), under the scheduler's batch policy (\`chrt --batch\`): a thread that is woken waits for its turn, so that an await costs two changes of threads and not sometimes three. The cases run in turn, ${results.rounds} rounds, ${results.repetitions} times over. A figure is the median of the rounds; "repetitions" gives the lowest and the highest of the ${results.repetitions}.
- Time is the processor time of the whole process. Time that other programs take does not count.
- Allocations are those of Rust, for one await or event. Bytes are what Rust and C++ have allocated with malloc and not freed, for one pending await, its future included.
- One processor favours whatever has many threads: it hides what it costs to wake another processor, to move data between two of them, and to contend for a lock. No figure here says how a pattern grows with processors. Below its table, each chapter says what its comparisons favour.

## The figures

${comparisonTable(results).join('\n')}

## Growth

How time and memory grow with the number of awaits in flight. Time is for one await, as a ratio to one Rust thread with as many in flight; memory is for one await, while all of them wait. The stacks of threads are not counted, which favours whatever has many threads. The four Rust threads have no handle that stops a call, which favours them.

${growthTable(results).join('\n')}

${httpSection(results.http)}
## Beside cxx-async

The crate [cxx-async](https://docs.rs/cxx-async/0.1.4) 0.1.4 is measured when \`CXX_ASYNC\` names the folder of a copy of its source: \`CXX_ASYNC=../cxx-async npm run bench:patterns\`. g++ 12 refuses what its macro \`CXXASYNC_DEFINE_FUTURE\` expands to, "global qualification of class name is invalid before '{' token", so the copy needs one line of its header changed. In \`include/rust/cxx_async.h\`, where the macro specializes \`coroutine_traits\`, \`struct ::rust::async::std_coroutine::\` loses its first two colons. Its coroutine takes its turn on the same four threads as the chapter's, reads the same file, and gives Rust the number of its bytes.
`
}
