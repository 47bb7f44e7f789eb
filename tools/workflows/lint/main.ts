/** `npm run lint:workflows`: actionlint and zizmor over .github. Exit code 1 when one of them finds something. */
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { installCheckers } from './checkers.ts'
import { run } from './run.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '../../..')
const target = join(import.meta.dirname, '../../../target/workflows')

const workflows = globSync('.github/workflows/*.{yml,yaml}', { cwd: root })
const actions = globSync('.github/actions/*/action.yml', { cwd: root })
if (workflows.length === 0) throw new Error(`${root} has no workflows`)

const { actionlint, shellcheck, zizmor } = installCheckers(target)
const config = '.github/zizmor.yml'
const configured = existsSync(join(root, config)) ? ['--config', config] : []
const checks: [string, string[]][] = [
  [actionlint, ['-no-color', '-shellcheck', shellcheck, '-pyflakes=', ...workflows]],
  [
    zizmor,
    [
      ...[
        '--offline',
        '--no-progress',
        '--quiet',
        '--persona=pedantic',
        '--strict-collection',
        '--color=never',
      ],
      ...[...configured, ...workflows, ...actions],
    ],
  ],
]
for (const [program, args] of checks) {
  try {
    run(program, args, root)
  } catch (error) {
    console.error(`lint: ${(error as Error).message}`)
    process.exitCode = 1
  }
}
if (process.exitCode === undefined) {
  console.log(`good     ${[...workflows, ...actions].join(', ')}`)
}
