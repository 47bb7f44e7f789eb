import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The guide at `folder` or the nearest one above it: where turbo's settings and the patterns are; `null` where none is. */
export function findGuide(folder: string): string | null {
  if (existsSync(join(folder, 'turbo.json')) && existsSync(join(folder, 'patterns'))) return folder
  return dirname(folder) === folder ? null : findGuide(dirname(folder))
}
