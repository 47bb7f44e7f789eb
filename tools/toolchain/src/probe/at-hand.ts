import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomic } from '../process/write-file-atomic.ts'
import { cellAtHand } from './cell.ts'
import { evidenceKeyId } from './evidence-key.ts'
import { isNeed, type Need } from './needs.ts'
import { identify } from './probe.ts'
import type { Toolchain } from './toolchain.ts'

/** The toolchain that a pattern is verified with: what its tools say of themselves, and what it lacks. */
export type AtHand = Pick<Toolchain, 'kind' | 'id' | 'tools' | 'missing'>

const AT_HAND_FILE = 'at-hand.json'

/** Writes the file in a pattern's folder that turbo hashes its verification with. */
export function writeAtHand(dir: string, { kind, id, tools, missing }: AtHand): Promise<void> {
  const text = JSON.stringify({ kind, id, tools, missing, key: evidenceKeyId() }, null, 2)
  return writeFileAtomic(join(dir, AT_HAND_FILE), `${text}\n`)
}

/** What of a toolchain that was opened for many patterns is at hand for one that has these needs. */
export function atHandFor({ kind, tools, missing }: Toolchain, needs: readonly Need[]): AtHand {
  const isForeign = (name: string) => isNeed(name) && !needs.includes(name)
  const own = tools.filter(({ name }) => !isForeign(name))
  return {
    kind,
    id: identify(kind, own, cellAtHand()),
    tools: own,
    missing: missing.filter(({ need }) => needs.includes(need)),
  }
}

/** What the probe that began this run of turbo wrote for the pattern in `dir`. Rejects before the first probe. */
export async function readAtHand(dir: string): Promise<AtHand> {
  return JSON.parse(await readFile(join(dir, AT_HAND_FILE), 'utf8'))
}
