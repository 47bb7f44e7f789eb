/**
 * `npm run new [-- <slug> [--title "..."]]`: a new pattern that is green at once. Without a name it asks. The work is
 * done by the generator that `turbo gen pattern` runs.
 */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { leave } from '@cookbook/cli/command-line'
import { COMMANDS } from '@cookbook/cli/commands'
import { readNew } from '@cookbook/cli/new/options'
import { takenIn } from '@cookbook/cli/new/taken'
import '@cookbook/cli/unread'

const root = join(import.meta.dirname, '../../..')
const names = readNew(process.argv.slice(2), takenIn(root), process.stdin.isTTY)
if (names.kind === 'refused') leave(COMMANDS.new, names)
process.exitCode = await generate(names.kind === 'asked' ? [] : ['--args', names.slug, names.title])

/** Asks turbo's generator itself: the exit code that it has is lost on its way through `turbo gen`. */
function generate(answers: string[]): Promise<number> {
  const generator = join(root, 'node_modules/.bin/gen')
  const run = spawn(generator, ['run', 'pattern', ...answers], { cwd: root, stdio: 'inherit' })
  return new Promise((resolve, reject) =>
    run.once('error', reject).once('close', (code) => resolve(code ?? 1)),
  )
}
