import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseAs } from '@cookbook/evidence/json'
import type { Readers, Toolchain } from '@cookbook/toolchain'
import * as v from 'valibot'
import type { Count } from './counts.ts'
import { say } from './rust-counts.ts'

/**
 * What ran of C++, by the notes that g++ left beside each object below `target`, and the counts that its programs left
 * there; of an object that no program ran there are only notes. Rejects when gcov cannot tell.
 */
export async function cxxCounts(toolchain: Toolchain, { gcov }: Readers, target: string): Promise<Count[]> {
  const notes = await Array.fromAsync(glob('**/*.gcno', { cwd: target }))
  if (notes.length === 0) return []
  const paths = notes.map((path) => join(target, path))
  return readGcov(await say(toolchain, gcov, ['--json-format', '--stdout', ...paths], target))
}

const UNIT = v.object({
  current_working_directory: v.string(),
  files: v.array(
    v.object({
      file: v.string(),
      lines: v.array(v.object({ line_number: v.number(), count: v.number() })),
    }),
  ),
})

/** The lines of gcov's own format: one JSON document a unit, each on a line. */
export function readGcov(printed: string): Count[] {
  const units = printed.split('\n').flatMap((row) => parseAs(UNIT, row) ?? [])
  return units.flatMap(({ current_working_directory: cwd, files }) =>
    files.flatMap(({ file, lines }) =>
      lines.map(({ line_number: line, count: times }) => ({ file: resolve(cwd, file), line, times })),
    ),
  )
}
