import { existsSync, readFileSync } from 'node:fs'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import {
  contents,
  fold,
  noteSynced,
  parseChapter,
  readPackage,
  syncChapter,
  widthOf,
  withSignposts,
} from '@cookbook/guide'
import { type Command, describeExit, openToolchain, succeeded, type Toolchain } from '@cookbook/toolchain'
import packageManifest from '../../../../package.json' with { type: 'json' }
import { complain, type Refused, readArguments, refused, spell } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'
import { HOME } from '../home.ts'
import { type Manifest, rootManifest, skeleton, taken } from './skeleton.ts'
import { adoptTemplate, writeTemplate } from './template.ts'

const NAMES = { slug: 'timer', title: 'A timer' }
const TEMPLATE = join(import.meta.dirname, '../../../../turbo/generators/templates/pattern')
/** A guide adds to these where they are there; each other file is its own. */
const SHARED = ['package.json', 'README.md', '.gitignore']
export const OPTIONS = {
  json: { type: 'boolean', default: false, help: 'what was made as JSON' },
} as const

const LIMIT_MS = 5 * 60_000

/** `cookbook init [FOLDER]`: a guide with one pattern that is green at once. Answers the exit code. */
export async function init(_root: string, args: readonly string[]): Promise<number> {
  const read = readInit(args)
  if (read.kind === 'refused') {
    complain(spell(COMMANDS.init, read))
    return 2
  }
  const opened = await openToolchain(dirname(read.folder))
  if (opened.kind === 'unavailable') {
    const { problem, fix } = opened
    complain(spell(COMMANDS.init, { problem: `no toolchain: ${problem}`, fix }))
    return 3
  }
  await writeGuide(read.folder, read.manifest, opened.toolchain)
  const pattern = `patterns/${NAMES.slug}`
  const proof = 'npm install && npm run verify'
  const { folder, json } = read
  const where = folder === process.cwd() ? '' : `cd ${relative(process.cwd(), folder)} && `
  const made = { format: 'cookbook-init', version: 1, folder, pattern, proof }
  console.log(
    json
      ? JSON.stringify(made, null, 2)
      : fold(
          `a guide with one pattern is there: ${pattern}. Prove it: ${where}${proof}`,
          widthOf(process.stdout),
        ),
  )
  return 0
}

type Init = { kind: 'init'; folder: string; manifest: Manifest; json: boolean }

/** Reads the command line, and what is in the folder already. */
export function readInit(args: readonly string[], cwd = process.cwd()): Init | Refused {
  const parsed = readArguments(COMMANDS.init, args, OPTIONS)
  if (parsed.kind === 'refused') return parsed
  const [named = '.', ...more] = parsed.words
  if (more.length > 0) return refused(COMMANDS.init, `unexpected ${more.join(' ')}, expected one folder`)
  const folder = resolve(cwd, named)
  const there = Object.keys(skeleton(NAMES)).filter(
    (path) => !SHARED.includes(path) && existsSync(join(folder, path)),
  )
  if (there.length > 0)
    return refused(
      COMMANDS.init,
      `${there.join(', ')} is there already, expected a folder for a guide of its own: name one`,
    )
  let manifest: Manifest = {}
  const file = join(folder, 'package.json')
  try {
    if (existsSync(file)) manifest = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    return refused(COMMANDS.init, `${file} cannot be read: ${(error as Error).message}`)
  }
  const others = taken(manifest)
  if (others.length > 0)
    return refused(
      COMMANDS.init,
      `package.json has ${others.join(', ')} of its own: name another folder for the guide`,
    )
  return { kind: 'init', folder, manifest, json: parsed.values.json }
}

async function writeGuide(folder: string, manifest: Manifest, toolchain: Toolchain): Promise<void> {
  const pattern = join(folder, 'patterns', NAMES.slug)
  await writeTemplate(TEMPLATE, pattern, NAMES)
  const files = { ...skeleton(NAMES), 'package.json': rootManifest(manifest, npmVersion()) }
  for (const [path, text] of Object.entries(files)) {
    const target = join(folder, path)
    const before =
      path !== 'package.json' && SHARED.includes(path) && existsSync(target)
        ? await readFile(target, 'utf8')
        : null
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, before === null ? text : added(before, text))
  }
  await adoptTemplate(pattern)
  const { bytes } = syncChapter(await readPackage(folder, pattern))
  const chapters = contents(await readFile(join(folder, 'README.md'), 'utf8'), 'README.md')
  const chapter = parseChapter(bytes, `patterns/${NAMES.slug}/README.md`)
  await writeFile(join(pattern, 'README.md'), withSignposts(chapter, chapters))
  await noteSynced(await readPackage(folder, pattern))
  await lock(folder, toolchain)
}

/** Behind what is there; a heading of the page itself stays its only one. */
function added(before: string, text: string): string {
  const more = text.replace(/^# .*\n\n/, '')
  return `${before.trimEnd()}\n\n${more}`
}

/** With the versions of crates that the tools are verified with. */
async function lock(folder: string, toolchain: Toolchain): Promise<void> {
  await copyFile(join(HOME, 'Cargo.lock'), join(folder, 'Cargo.lock'))
  const update = (more: string[], network: boolean): Command => ({
    program: 'cargo',
    args: ['update', '--workspace', ...more],
    cwd: folder,
    timeoutMs: LIMIT_MS,
    network,
  })
  for (const command of [update(['--offline'], false), update([], true)]) {
    const outcome = await toolchain.run(command)
    if (succeeded(outcome, command)) return
    if (command.network) throw new Error(`cargo update ${describeExit(outcome)}\n${outcome.stderr}`)
  }
}

/** turbo asks for the package manager's version: the one that runs this, else the one of the tools. */
function npmVersion(): string {
  const running = /^npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? '')?.[1]
  return running ?? packageManifest.packageManager.replace('npm@', '')
}
