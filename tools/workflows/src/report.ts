/**
 * Opens an issue for each folder below the one that is named which holds a `title` and a `text.md`, unless one with
 * that title is open. It runs where issues may be written, so it imports no package, and what it reads is data.
 */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const TITLE = /^Nightly: [^\p{Cc}]{1,240}$/u
const TEXT_CHARACTERS = 65_536

const folder = process.argv[2]!
const gh = (...args: string[]) =>
  execFileSync('gh', ['issue', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

const listed = gh('list', '--state', 'open', '--limit', '500', '--json', 'title')
const open = new Set((JSON.parse(listed) as { title: string }[]).map(({ title }) => title))
for (const path of globSync('**/title', { cwd: folder }).sort()) {
  const title = readFileSync(join(folder, path), 'utf8')
  const text = join(folder, dirname(path), 'text.md')
  if (!TITLE.test(title) || readFileSync(text, 'utf8').length > TEXT_CHARACTERS)
    throw new Error(`${path} is no title and text of ours`)
  if (open.has(title)) console.log('open already')
  else gh('create', `--title=${title}`, `--body-file=${text}`)
  open.add(title)
}
