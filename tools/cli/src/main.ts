#!/usr/bin/env node
import { fold, widthOf } from '@cookbook/guide/fold'
import { auditFolder, guideAt } from './home.ts'
import { keepQuiet, paint, takeManners } from './manners.ts'
import { meant } from './meant.ts'
import { openFilesProblem } from './open-files.ts'
import './unread.ts'

type Run = (root: string, args: string[]) => Promise<number>

// Each is loaded when it is asked for: half of a warm audit's time would be the modules of the others.
const commands: Record<string, () => Promise<Run>> = {
  audit: async () => (await import('./audit.ts')).audit,
  completion: async () => (await import('./completion.ts')).completion,
  doctor: async () => (await import('./doctor.ts')).doctor,
  init: async () => (await import('./init/init.ts')).init,
  lsp: async () => (await import('./lsp/lsp.ts')).lsp,
  new: async () => (await import('./new/new.ts')).newPattern,
  sync: async () => (await import('./sync/sync.ts')).sync,
  verify: async () => (await import('./verify/verify.ts')).verify,
  watch: async () => (await import('./watch/watch.ts')).watch,
}

/** These keep what they build where audits do. */
const OF_PAGES = ['audit', 'lsp']
/** These are about a guide that is verified, and need one. */
const OF_A_GUIDE = ['new', 'sync', 'verify', 'watch']

const [name = '', ...words] = process.argv.slice(2)
const manners = takeManners(words)
const args = manners.kind === 'taken' ? manners.rest : []
const load = commands[name]
const guide = guideAt(process.cwd())
const asksHelp = args.some((arg) => ['--help', '-h', '--version'].includes(arg))
if (load === undefined && ['--help', '-h'].includes(name)) {
  const { COMMANDS } = await import('./commands.ts')
  console.log('Usage: cookbook COMMAND [options]; cookbook COMMAND --help says more\n')
  for (const { name, about } of Object.values(COMMANDS)) console.log(`  ${name.padEnd(12)}${about}`)
} else if (name === '--version') {
  console.log((await import('../package.json', { with: { type: 'json' } })).default.version)
} else if (load === undefined) {
  const names = Object.keys(commands)
  refuse(`cookbook: "${name}" is not a command${meant([name], names)}; expected ${names.join(', ')}`)
} else {
  const problem = openFilesProblem()
  if (problem !== null) refuse(`${name}: ${problem}`)
  else if (manners.kind === 'refused') refuse(`${name}: ${manners.problem}`)
  else if (guide === null && OF_A_GUIDE.includes(name) && !asksHelp)
    refuse(`${name}: no guide is here, expected turbo.json and patterns/ in this folder or above it`)
  else {
    paint(manners.color)
    // What the server prints is what the editor is told.
    if (manners.quiet && !asksHelp && name !== 'lsp') keepQuiet()
    const run = await load()
    process.exitCode = await run(
      OF_PAGES.includes(name) ? auditFolder(process.env) : (guide ?? process.cwd()),
      args,
    )
  }
}

function refuse(problem: string): void {
  console.error(fold(problem, widthOf(process.stderr)))
  process.exitCode = 2
}
