import type { Cage } from './cage.ts'
import type { Limits } from './limits.ts'

export async function openDocker(
  _root: string,
  _limits: Limits,
  _progress?: (words: string) => void,
): Promise<Cage | { problem: string; remedy: string }> {
  return { problem: 'Docker not yet', remedy: 'wait' }
}
