import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPatterns } from '@cookbook/guide'
import { hostEnvironment } from '@cookbook/toolchain/environment'
import { afterAll, expect, test } from 'vitest'
import { pasteChapter } from './paste.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-paste-')))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

test.each(await findPatterns(REPOSITORY))(
  '%s: its examples, pasted into an empty folder, are a crate that prints what the chapter shows',
  (slug) => {
    const folder = join(scratch, slug)
    const files = pasteChapter(join(REPOSITORY, 'patterns', slug), folder)
    copyFileSync(join(REPOSITORY, 'Cargo.lock'), join(folder, 'Cargo.lock'))
    const printed = execFileSync('cargo', ['run', '--quiet'], {
      cwd: folder,
      env: { ...hostEnvironment(), CARGO_TARGET_DIR: join(scratch, 'target') },
      encoding: 'utf8',
    })
    expect(printed).toBe(files.get(`expected/${slug}.txt`))
  },
)
