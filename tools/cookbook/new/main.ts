/**
 * `npm run new [-- <slug> [--title "..."]]`: a new pattern that is green at once. Without a name it asks. The work is
 * done by `turbo gen pattern`, for which `--tag` names the version of @turbo/gen that is installed.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import generator from '@turbo/gen/package.json' with { type: 'json' }
import { slugProblem, titleOf, titleProblem } from './names.ts'
import { takenIn } from './taken.ts'

const root = join(import.meta.dirname, '../../..')
process.exitCode = await main()

async function main(): Promise<number> {
  const { title, typed, wrong } = read()
  const [slug, ...rest] = typed
  if (wrong !== undefined) return refuse(wrong)
  if (rest.length > 0)
    return refuse(`expected one name, and found ${typed.join(' ')}: put the title into quotes`)
  if (slug === undefined && (title !== undefined || !process.stdin.isTTY))
    return refuse('expected the name of the pattern: npm run new -- rate-limit --title "A rate limit"')
  if (slug === undefined) return generate([])
  const problem = slugProblem(slug, takenIn(root)) ?? (title === undefined ? null : titleProblem(title))
  return problem === null ? generate(['--args', slug, title ?? titleOf(slug)]) : refuse(problem)
}

/** What was typed, or why it cannot be read. */
function read(): { title?: string | undefined; typed: string[]; wrong?: string } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { title: { type: 'string' } },
    })
    return { title: values.title, typed: positionals }
  } catch (error) {
    return { typed: [], wrong: (error as Error).message }
  }
}

function refuse(why: string): number {
  console.error(`new: ${why}`)
  return 2
}

function generate(answers: string[]): Promise<number> {
  const turbo = join(root, 'node_modules/.bin/turbo')
  const args = ['gen', 'pattern', '--tag', generator.version, ...answers]
  const run = spawn(turbo, args, { cwd: root, stdio: 'inherit' })
  return new Promise((resolve, reject) =>
    run.once('error', reject).once('close', (code) => resolve(code ?? 1)),
  )
}
