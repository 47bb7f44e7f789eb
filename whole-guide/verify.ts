/**
 * turbo's last task: the guide as a whole. Its hash knows the evidence and the sources as they lie when it begins, so
 * none passes that was not judged.
 */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EVIDENCE_FILE } from '@cookbook/evidence/file'
import { withLock } from '@cookbook/evidence/lock'
import { contentsFindings } from '@cookbook/guide/contents-findings'
import { showFinding } from '@cookbook/guide/show'
import { evidenceFindings } from './evidence.ts'

// turbo runs it in the guide's folder.
const folder = process.cwd()
const root = dirname(folder)
const own = join(folder, EVIDENCE_FILE)

await withLock(folder, async () => {
  await rm(own, { force: true })
  const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const findings = [
    ...(await contentsFindings(root, readme, Object.keys(dependencies))),
    ...(await evidenceFindings(root, process.env.COOKBOOK_REQUIRE_ALL === '1')),
  ]
  // What a pattern lacks stands in its own evidence as a warning already.
  const errors = findings.filter(({ severity }) => severity === 'error')
  await writeFile(own, JSON.stringify(errors, null, 1))
  for (const finding of findings) console.error(showFinding(finding))
  process.exitCode = errors.length === 0 ? 0 : 1
})
