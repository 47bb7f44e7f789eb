import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findPatterns, parseChapter } from '@cookbook/guide'
import { hostEnvironment } from '@cookbook/toolchain/environment'
import { afterAll, expect, test } from 'vitest'

const REPOSITORY = join(import.meta.dirname, '../../..')
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'cookbook-paste-')))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Writes what a reader copies from a chapter, in its order, into the files that it names. Answers those files. */
function paste(slug: string, folder: string): Map<string, string> {
  const chapter = parseChapter(
    readFileSync(join(REPOSITORY, 'patterns', slug, 'README.md')),
    `${slug}/README.md`,
  )
  const files = new Map<string, string>()
  for (const { source, text } of chapter.examples) {
    files.set(source.path, `${files.get(source.path) ?? ''}${text}\n`)
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return files
}

test.each(await findPatterns(REPOSITORY))(
  '%s: its examples, pasted into an empty folder, are a crate that prints what the chapter shows',
  (slug) => {
    const folder = join(scratch, slug)
    const files = paste(slug, folder)
    copyFileSync(join(REPOSITORY, 'Cargo.lock'), join(folder, 'Cargo.lock'))
    const printed = execFileSync('cargo', ['run', '--quiet'], {
      cwd: folder,
      env: { ...hostEnvironment(), CARGO_TARGET_DIR: join(scratch, 'target') },
      encoding: 'utf8',
    })
    expect(printed).toBe(files.get(`expected/${slug}.txt`))
  },
)
