#!/usr/bin/env node
import { join } from 'node:path'
import { meant } from './meant.ts'
import { openFilesProblem } from './open-files.ts'
import './unread.ts'

const root = join(import.meta.dirname, '../../..')
type Run = (root: string, args: string[]) => Promise<number>

// Each is loaded when it is asked for: half of a warm audit's time would be the modules of the others.
const commands: Record<string, () => Promise<Run>> = {
  audit: async () => (await import('./audit.ts')).audit,
  doctor: async () => (await import('./doctor.ts')).doctor,
  sync: async () => (await import('./sync/sync.ts')).sync,
  verify: async () => (await import('./verify/verify.ts')).verify,
  watch: async () => (await import('./watch/watch.ts')).watch,
}

const [name = '', ...args] = process.argv.slice(2)
const load = commands[name]
const problem = openFilesProblem()
if (load === undefined && ['--help', '-h'].includes(name)) {
  console.log(`usage: cookbook ${Object.keys(commands).join('|')} --help`)
} else if (name === '--version') {
  console.log((await import('../package.json', { with: { type: 'json' } })).default.version)
} else if (load === undefined) {
  const names = Object.keys(commands)
  console.error(`cookbook: "${name}" is not a command${meant([name], names)}; expected ${names.join(', ')}`)
  process.exitCode = 2
} else if (problem !== null) {
  console.error(`${name}: ${problem}`)
  process.exitCode = 2
} else {
  const run = await load()
  process.exitCode = await run(root, args)
}
