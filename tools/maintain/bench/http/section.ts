import { AT_A_TIME, type HttpResults } from '../figures/http-results.ts'
import { table } from '../figures/tables.ts'
import { judgeHttp } from './judge.ts'

/** The part of `docs/measurements.md` that is about the chapter's HTTP client. */
export function httpSection(results: HttpResults): string {
  const { date, linux, curl, nginx } = results.machine
  const rows = judgeHttp(results).map(({ what, beside, unit, figure, spread, goal, met }) => [
    what,
    beside ?? '',
    `${figure.toFixed(2)}${unit}`,
    spread.map((one) => one.toFixed(2)).join(' to '),
    goal === undefined ? '' : `at ${goal.kind} ${goal.value}`,
    met === null ? '' : met ? 'met' : '**missed**',
  ])
  return `## HTTP

\`npm run bench:http\` measures the client of the chapter [http-client](../patterns/http-client/README.md) beside the crate [isahc](https://docs.rs/isahc), the \`curl\` command ${curl}, which both have libcurl as well, and the crate [reqwest](https://docs.rs/reqwest), which has not. These are of ${date}, with Linux ${linux}.

- The server is nginx ${nginx}, on loopback and on a processor of its own; the client has the other, as above. It gives a file of 1 KiB, and one of 100 MB, over connections that stay open.
- This is time by the clock, so both have a real-time priority (\`chrt --rr\`), which takes root: what else runs on the machine has no part in it. Each client is a process of its own, in turn, ${results.rounds} rounds, ${results.repetitions} times over, and every figure is a ratio of two of one round. The rest is as above.
- curl's own \`time_total\` is compared only where nothing else is under way: it leaves out the time that a request waits in curl before libcurl begins with it, and the time that its answer waits there. With ${AT_A_TIME} at a time, the mean of these waits together is ${AT_A_TIME} divided by the rate, for every client.
- Everybody reads the whole body: curl into \`/dev/null\`, the others from memory. Ours and isahc pay for a second thread, which curl has not; one request after another shows it.
- "libcurl alone" is libcurl on one thread with the options of ours, and nobody who awaits: nothing over libcurl can be faster. What ours takes beside it is the second thread, Rust's check of the URL and the awaiting task. A goal of 0.95 times the rate of reqwest for small bodies would leave that 7 percent.
- Loopback and one processor for the client favour whatever does least for itself, here reqwest without a second thread: there is no network to wait for, and two threads take turns. They hide what TLS and distance cost, which are the same for all that have libcurl.

${table(['figure', 'beside', 'measured', 'repetitions', 'goal', ''], rows).join('\n')}
`
}
