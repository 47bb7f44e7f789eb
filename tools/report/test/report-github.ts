/** Reports the run that standard input holds as JSON. */
import { json } from 'node:stream/consumers'
import { reportToGitHub } from '../src/github.ts'
import type { RunResult } from '../src/result.ts'

await reportToGitHub((await json(process.stdin)) as RunResult)
