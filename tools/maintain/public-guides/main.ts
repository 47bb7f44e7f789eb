/** `npm run public-guides`: what it takes, does and exits with is in commands.ts, which `-- --help` prints. */

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { leave, refused } from '@cookbook/cli/command-line'
import { COMMANDS } from '../commands.ts'
import '@cookbook/cli/unread'
import { CHECKED } from './checked.ts'
import { copyOf } from './copy.ts'
import type { PublicGuide } from './guides.ts'
import { readGuides } from './options.ts'
import { page } from './page.ts'
import { type GuideResult, RESULTS_FILE, readResults, resultOf } from './results.ts'

const ROOT = join(import.meta.dirname, '../../..')
const COMMAND = COMMANDS['public-guides']
const WORK = join(ROOT, 'target/public-guides')

const options = readGuides(process.argv.slice(2))
if (options.kind === 'refused') leave(COMMAND, options)
const { folder } = options

let { guides } = readResults(ROOT)
const versionOf = (program: string) =>
  execFileSync(program, ['--version'], { encoding: 'utf8' }).split('\n')[0]!
const toolchain = `${versionOf('rustc')} and ${versionOf('c++')}`
for (const guide of options.guides) {
  console.error(`auditing ${guide.repository}`)
  guides = { ...guides, [guide.name]: auditCopy(guide) }
  writeFileSync(join(ROOT, RESULTS_FILE), `${JSON.stringify({ toolchain, guides }, null, 2)}\n`)
  writeFileSync(join(ROOT, 'docs/public-guides.md'), page({ toolchain, guides }))
}

function auditCopy({ name, paths, options }: PublicGuide): GuideResult {
  const temporary = mkdtempSync(join(tmpdir(), 'cookbook-public-'))
  try {
    const copied = copyOf(resolve(folder, name), temporary)
    if (copied.kind === 'refused') leave(COMMAND, refused(COMMAND, copied.problem))
    // A person who checks it looks into it.
    const report = join(WORK, `${name}.json`)
    mkdirSync(WORK, { recursive: true })
    const args = ['--fail-on=never', '--no-cache', '--no-config', `--work-folder=${WORK}`]
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'tools/cli/src/main.ts'),
        'audit',
        ...args,
        `--format=json=${report}`,
        ...options,
        ...paths,
      ],
      { cwd: copied.folder, encoding: 'utf8', stdio: ['ignore', 'inherit', 'pipe'] },
    )
    if (status !== 0) throw new Error(`the audit of ${name} ended with exit code ${status}\n${stderr}`)
    const audit = JSON.parse(readFileSync(report, 'utf8'))
    const sampled = Object.keys(CHECKED[name]?.sample ?? {})
    return resultOf(audit, copied, sampled)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}
