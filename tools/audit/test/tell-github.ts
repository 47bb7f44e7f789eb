/** Tells GitHub of the rich audit, judged by the --fail-on of the first argument. */
import { tellGitHub } from '../src/format/github.ts'
import { report, rich } from './reports.ts'

await tellGitHub(report(rich, process.argv[2]))
