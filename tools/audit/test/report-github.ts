/** Tells GitHub of the rich audit, judged by the --fail-on of the first argument. */
import { reportToGitHub } from '../src/format/github.ts'
import { report, rich } from './reports.ts'

await reportToGitHub(report(rich, process.argv[2]))
