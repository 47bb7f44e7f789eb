import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { contentsFindings } from './contents-findings.ts'

const README = `# A guide

- [Oneshot](patterns/oneshot/README.md): one result
- [Stream](patterns/stream/README.md): many
`
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'contents-'))
  for (const slug of ['oneshot', 'stream']) {
    await mkdir(join(root, 'patterns', slug), { recursive: true })
    await writeFile(join(root, 'patterns', slug, 'package.json'), '{}')
  }
  // A folder without a package is no chapter.
  await mkdir(join(root, 'patterns/drafts'))
})

afterEach(() => rm(root, { recursive: true }))

const found = async (
  readme: string,
  dependencies: readonly string[] = ['@cookbook/guide', 'oneshot', 'stream'],
) =>
  (await contentsFindings(root, readme, dependencies)).map(
    ({ file, line, column, message, fix, ...rest }) => {
      expect(rest).toEqual({ code: 'contents', severity: 'error', detail: [] })
      return [`${file}:${line}:${column} ${message}`, fix]
    },
  )

test('a table of contents that names each package once is right', async () => {
  expect(await found(README)).toEqual([])
})

test('a package that it does not name', async () => {
  expect(await found(README.replace(/- \[Stream.*\n/, ''))).toEqual([
    ['README.md:1:1 patterns/stream is not in the table of contents', 'link to patterns/stream/README.md'],
  ])
})

test('a link to a package that is not there, or no longer', async () => {
  expect(
    await found(`${README}- [Window](patterns/window/README.md)\n- [Drafts](patterns/drafts/README.md)\n`),
  ).toEqual([
    [
      'README.md:5:3 the table of contents names patterns/window, which is not a package',
      'correct or remove the link',
    ],
    [
      'README.md:6:3 the table of contents names patterns/drafts, which is not a package',
      'correct or remove the link',
    ],
  ])
})

test('a package that it names twice', async () => {
  expect(await found(`${README}- [Again](patterns/oneshot/README.md)\n`)).toEqual([
    ['README.md:5:3 the table of contents names patterns/oneshot twice', 'remove one of the links'],
  ])
})

test('a package that the guide does not depend on, for which turbo would not wait', async () => {
  expect(await found(README, ['stream'])).toEqual([
    [
      'whole-guide/package.json:1:1 the guide does not depend on oneshot, so turbo would not wait for it',
      'add "oneshot": "*" to its dependencies and run npm install',
    ],
  ])
})
