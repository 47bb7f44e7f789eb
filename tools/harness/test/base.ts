import { join } from 'node:path'
import { type PatternPackage, readPackage } from '@cookbook/guide'

/** The base pattern as it lies in the fixtures, for tests that start nothing. */
export function readBase(): Promise<PatternPackage> {
  const root = join(import.meta.dirname, '../fixtures/base')
  return readPackage(root, join(root, 'patterns/tally'))
}
