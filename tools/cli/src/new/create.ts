import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rm, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  contents,
  noteSynced,
  parseChapter,
  readPackage,
  syncChapter,
  WHOLE_GUIDE,
  withSignposts,
} from '@cookbook/guide'
import {
  type Command,
  describeExit,
  openToolchain,
  succeeded,
  type Toolchain,
  writeFileAtomic,
} from '@cookbook/toolchain'
import { HOME } from '../home.ts'
import { type Names, slugProblem, titleProblem } from '../init/names.ts'
import { patternManifest } from '../init/skeleton.ts'
import { adoptTemplate, writeTemplate } from '../init/template.ts'
import { enrolInContents, enrolInGuide } from './enrol.ts'
import { takenIn } from './taken.ts'

const LIMIT_MS = 5 * 60_000
/** What a new pattern changes outside of its own folder, beside the chapter that was the last one. */
const SHARED = ['README.md', `${WHOLE_GUIDE}/package.json`, 'Cargo.lock', 'package-lock.json']

/**
 * Makes a pattern of the template in the repository `root`, whole or not at all: its folder, its row in the table of
 * contents, and its place among the packages of npm and cargo. Answers what to do next. Rejects, with everything as
 * it was, when a name is not good or a tool fails.
 */
export async function createPattern(root: string, names: Names): Promise<string> {
  const wrong = slugProblem(names.slug, takenIn(root)) ?? titleProblem(names.title)
  if (wrong !== null) throw new Error(wrong)
  const opened = await openToolchain(root)
  if (opened.kind === 'unavailable') throw new Error(`no toolchain: ${opened.problem}, ${opened.fix}`)

  const dir = join(root, 'patterns', names.slug)
  const last = contents(await readFile(join(root, SHARED[0]!), 'utf8'), 'README.md').at(-1)
  const there = SHARED.filter((path) => existsSync(join(root, path)))
  const shared = [...there, ...(last === undefined ? [] : [`patterns/${last.slug}/README.md`])]
  const before = await Promise.all(shared.map((path) => readFile(join(root, path), 'utf8')))
  try {
    await writeTemplate(join(HOME, 'turbo/generators/templates/pattern'), dir, names)
    if (root !== HOME) {
      await adoptTemplate(dir)
      await writeFile(join(dir, 'package.json'), patternManifest(names.slug))
    }
    const { bytes } = syncChapter(await readPackage(root, dir))
    const readme = enrolInContents(before[0]!, names)
    const chapters = contents(readme, 'README.md')
    const sign = (text: Uint8Array | string, path: string) =>
      writeFileAtomic(join(root, path), withSignposts(parseChapter(text, path), chapters))
    await sign(bytes, `patterns/${names.slug}/README.md`)
    // The chapter that was the last one now has a next one.
    if (last !== undefined) await sign(before.at(-1)!, shared.at(-1)!)
    await noteSynced(await readPackage(root, dir))
    await writeFileAtomic(join(root, SHARED[0]!), readme)
    await writeFileAtomic(join(root, SHARED[1]!), enrolInGuide(before[1]!, names))
    await lockCrates(root, opened.toolchain)
    await linkPackages(root)
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    await unlink(join(root, 'node_modules', names.slug)).catch(() => {})
    for (const [index, path] of shared.entries()) await writeFileAtomic(join(root, path), before[index]!)
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
