import { execFile } from 'node:child_process'
import { copyFileSync, cpSync, mkdtempSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findPatterns } from '@cookbook/guide'
import { libraryFolders } from '@cookbook/guide/library'
import { type BuildProfile, openToolchain, PLAIN, seedTarget, targetFolder } from '@cookbook/toolchain'
import { hostEnvironment } from '@cookbook/toolchain/environment'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pasteChapter } from './paste.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-paste-')))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const opened = await openToolchain(REPOSITORY, 'host')
if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.fix}`)
const { toolchain } = opened
/** The third-party crates are those of the patterns: cargo takes them for what the pasted crate asks for, or builds again. */
const PASTED: BuildProfile = { ...PLAIN, name: 'pasted', apart: true }

const slugs = await findPatterns(REPOSITORY)
const targets = new Map(slugs.map((slug) => [slug, targetFolder(REPOSITORY, toolchain, slug, PASTED)]))

beforeAll(async () => {
  // The chapters that take the library say where it lies: beside `patterns/`, in a clone of this repository.
  for (const library of libraryFolders(REPOSITORY))
    cpSync(join(REPOSITORY, library), join(scratch, library), { recursive: true })
  // One after another: a process writes the workspace that they are built from once at a time.
  for (const slug of slugs) {
    const seeding = await seedTarget(REPOSITORY, toolchain, slug, PASTED)
    expect(seeding, `${slug}: ${seeding?.stderr}`).toBeNull()
  }
}, 30 * 60_000)
afterAll(() => {
  for (const target of targets.values()) rmSync(target, { recursive: true, force: true })
})

describe.concurrent('what a reader copies', () => {
  test.for(slugs)(
    '%s: its examples, pasted into an empty folder, are crates that print what the chapter shows',
    async (slug, { expect }) => {
      const folder = join(scratch, 'patterns', slug)
      const files = pasteChapter(join(REPOSITORY, 'patterns', slug), folder)
      copyFileSync(join(REPOSITORY, 'Cargo.lock'), join(folder, 'Cargo.lock'))
      // The workspace's manifest says how its crates are built, which a pasted crate does not know.
      const profile = ['--config', join(REPOSITORY, 'Cargo.toml')]
      const args = ['run', '--quiet', ...profile, '--target-dir', targets.get(slug)!]
      const env = { ...hostEnvironment(), ...PLAIN.env }
      const printed = async (cwd: string) =>
        (await promisify(execFile)('cargo', args, { cwd, env, encoding: 'utf8' })).stdout
      expect(await printed(folder)).toBe(files.get(`expected/${slug}.txt`))
      if (!files.has('small/Cargo.toml')) return
      // As a reader has it who copies the small one alone.
      const alone = join(scratch, `${slug}-small`)
      renameSync(join(folder, 'small'), alone)
      copyFileSync(join(REPOSITORY, 'Cargo.lock'), join(alone, 'Cargo.lock'))
      expect(await printed(alone)).toBe(files.get(`small/expected/${slug}-small.txt`))
    },
  )
})
