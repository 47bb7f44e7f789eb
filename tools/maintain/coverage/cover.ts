import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readEvidence } from '@cookbook/evidence'
import { errorAt, type Finding, readPackage, runFindings, shownLines, topOf } from '@cookbook/guide'
import { readCoverage } from '@cookbook/harness/coverage'
import type { ChapterCoverage } from '@cookbook/report'
import { covered, type Readers, type Toolchain, targetFolder } from '@cookbook/toolchain'

const LIMIT_MS = 30 * 60_000

/**
 * Runs the runner of one pattern with coverage, from a fresh build of the pattern, and lays what ran onto its chapter.
 * Evidence of verifications stays as it is.
 */
export async function cover(
  root: string,
  host: Toolchain,
  readers: Readers,
  slug: string,
): Promise<ChapterCoverage> {
  const dir = join(root, 'patterns', slug)
  const folder = join(root, 'target/coverage', slug)
  const toolchain = await covered(root, host, folder)
  const target = targetFolder(root, toolchain, slug)
  // Counters add up: what an earlier run left would be taken for this one's.
  for (const path of [folder, target]) rmSync(path, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })

  const said = run(dir, folder)
  const pkg = await readPackage(root, dir)
  const evidence = readEvidence(folder)
  if (evidence === null) return { slug, chapter: pkg.chapter, lines: [], findings: [brokeOff(slug, said)] }
  const counts = await readCoverage(pkg, toolchain, readers, { folder, target })
  const lines = shownLines(pkg, counts)
  const findings = [...evidence.findings, ...runFindings(pkg, lines)]
  return { slug, chapter: pkg.chapter, lines, findings }
}

function run(dir: string, folder: string): string {
  const runner = ['vitest', 'run', '--config', '../../tools/harness/vitest.config.ts']
  const env = { ...process.env, TOOLCHAIN: 'host', COVERAGE_FOLDER: folder }
  const ended = spawnSync('npx', runner, { cwd: dir, env, timeout: LIMIT_MS, encoding: 'utf8' })
  return `${ended.stdout}\n${ended.stderr}`
}

function brokeOff(slug: string, said: string): Finding {
  return errorAt(
    'no-evidence',
    topOf(`patterns/${slug}/verify.test.ts`),
    'the runner exited before writing its results',
    `npm run verify -- --filter=${slug}`,
    said.trim().split('\n').slice(-40),
  )
}
