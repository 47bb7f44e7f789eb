import manifest from '../package.json' with { type: 'json' }
import { AUDIT_USAGE } from './audit.ts'
import { USAGE } from './usage.ts'
import { VERIFY_HELP } from './verify/verify-command.ts'

/** What each command says of itself. */
export const HELP: Readonly<Record<string, string>> = {
  audit: `usage: ${AUDIT_USAGE}\n\nSays of each block of a guide what its reader gets: docs/sandbox.md says what the code may do.`,
  doctor:
    'usage: npm run doctor\n\nShows every tool that was found, its version, its floor and what to install.',
  sync: `usage: ${USAGE.sync}\n\nWrites each example from its source into its chapter, or the other way.`,
  verify: VERIFY_HELP,
  watch: `usage: ${USAGE.watch}\n\nChecks again what each save affects. Ends with Ctrl-C.`,
}

export const VERSION = manifest.version
