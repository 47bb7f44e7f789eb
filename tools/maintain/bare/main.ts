/**
 * `npm run audit:bare [-- pattern...]`: audits our own chapters without their info strings, in the sandbox. Exit code 1
 * when a block is not good.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Audit } from '@cookbook/audit'
import { audit } from '@cookbook/cli/audit'
import { leave, readPatterns } from '@cookbook/cli/command-line'
import { findPatterns } from '@cookbook/guide'
import { libraryOf } from '@cookbook/guide/library'
import { COMMANDS } from '../commands.ts'
import '@cookbook/cli/unread'
import { writeBare } from './chapters.ts'
import { isGood } from './good.ts'

const ROOT = join(import.meta.dirname, '../../..')
const options = readPatterns(COMMANDS['audit:bare'], process.argv.slice(2), await findPatterns(ROOT))
if (options.kind === 'refused') leave(COMMANDS['audit:bare'], options)
const isApart = (slug: string) => libraryOf(ROOT, join(ROOT, 'patterns', slug)).length > 0
const slugs = options.slugs.filter((slug) => !isApart(slug))
for (const slug of options.slugs.filter(isApart))
  console.log(`${slug} is left out: it takes the library of crates/, which no registry has yet`)
if (slugs.length === 0) process.exit(2)
const folder = mkdtempSync(join(tmpdir(), 'cookbook-bare-'))
try {
  const report = join(folder, 'audit.json')
  const pages = writeBare(ROOT, slugs, join(folder, 'chapters'))
  const code = await audit(ROOT, ['--fail-on=never', '--format=text', `--format=json=${report}`, ...pages])
  if (code !== 0) throw new Error(`the audit ended with exit code ${code}`)
  const { blocks }: Audit = JSON.parse(readFileSync(report, 'utf8'))
  const bad = blocks.filter((block) => !isGood(block))
  for (const { file, line, verdict, reason } of bad) console.error(`${file}:${line} ${verdict}: ${reason}`)
  console.log(`${blocks.length - bad.length} of ${blocks.length} blocks of ${slugs.length} chapters are good`)
  if (bad.length > 0) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
