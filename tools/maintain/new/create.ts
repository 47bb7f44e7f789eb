import { spawn } from 'node:child_process'
import { readFile, rm, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { noteSynced, readPackage, syncChapter } from '@cookbook/guide'
import {
  type Command,
  describeExit,
  openToolchain,
  succeeded,
  type Toolchain,
  writeFileAtomic,
} from '@cookbook/toolchain'
import { enrolInContents, enrolInGuide } from './enrol.ts'
import { type Names, slugProblem, titleProblem } from './names.ts'
import { takenIn } from './taken.ts'
import { writeTemplate } from './template.ts'

const LIMIT_MS = 5 * 60_000
/** What a new pattern changes outside of its own folder. */
const SHARED = ['README.md', 'guide/package.json', 'Cargo.lock', 'package-lock.json']

/**
 * Makes a pattern of the template in the repository `root`, whole or not at all: its folder, its row in the table of
 * contents, and its place among the packages of npm and cargo. Answers what to do next. Rejects, with everything as
 * it was, when a name is not good or a tool fails.
 */
export async function createPattern(root: string, names: Names): Promise<string> {
  const wrong = slugProblem(names.slug, takenIn(root)) ?? titleProblem(names.title)
  if (wrong !== null) throw new Error(wrong)
  const opened = await openToolchain(root)
  if (opened.kind === 'unavailable') throw new Error(`no toolchain: ${opened.problem}, ${opened.remedy}`)

  const dir = join(root, 'patterns', names.slug)
  const before = await Promise.all(SHARED.map((path) => readFile(join(root, path), 'utf8')))
  try {
    await writeTemplate(join(root, 'turbo/generators/templates/pattern'), dir, names)
    const { bytes } = syncChapter(await readPackage(root, dir))
    await writeFileAtomic(join(dir, 'README.md'), Buffer.from(bytes).toString('utf8'))
    await noteSynced(await readPackage(root, dir))
    await writeFileAtomic(join(root, SHARED[0]!), enrolInContents(before[0]!, names))
    await writeFileAtomic(join(root, SHARED[1]!), enrolInGuide(before[1]!, names))
    await lockCrates(root, opened.toolchain)
    await linkPackages(root)
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    await unlink(join(root, 'node_modules', names.slug)).catch(() => {})
    for (const [index, path] of SHARED.entries()) await writeFileAtomic(join(root, path), before[index]!)
    throw error
  }
  return `patterns/${names.slug} is there. Prove it: npm run verify -- --filter=${names.slug}`
}

/** Adds the crate to Cargo.lock and leaves the versions of all others alone. */
async function lockCrates(root: string, toolchain: Toolchain): Promise<void> {
  const lock = (args: string[], network: boolean): Command => ({
    program: 'cargo',
    args: ['update', '--workspace', ...args],
    cwd: root,
    timeoutMs: LIMIT_MS,
    network,
  })
  // Where the crates are known already, which they are after the first verification, nobody needs to be asked.
  for (const command of [lock(['--offline'], false), lock([], true)]) {
    const outcome = await toolchain.run(command)
    if (succeeded(outcome, command)) return
    if (command.network) throw new Error(`cargo update ${describeExit(outcome)}\n${outcome.stderr}`)
  }
}

/** Adds the package to package-lock.json and links it; there is nothing new to download. */
async function linkPackages(root: string): Promise<void> {
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']
  const npm = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [npm.stdout, npm.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
  const code = await new Promise((resolve, reject) => npm.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`npm install ended with exit code ${code}\n${said}`)
}
