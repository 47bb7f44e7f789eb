import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evidenceKeyId } from './evidence-key.ts'
import { place } from './place.ts'
import type { Toolchain } from './toolchain.ts'

/** What the toolchain at hand says of itself. */
export type AtHand = Pick<Toolchain, 'kind' | 'id' | 'tools'>

const FILE = join(import.meta.dirname, '..', 'at-hand.json')

/** Writes the file that turbo hashes every verification with. */
export function writeAtHand({ kind, id, tools }: AtHand): Promise<void> {
  return place(FILE, `${JSON.stringify({ kind, id, tools, key: evidenceKeyId() }, null, 2)}\n`)
}

/** What the probe wrote that began this run of turbo. Rejects before the first probe of a checkout. */
export async function readAtHand(): Promise<AtHand> {
  return JSON.parse(await readFile(FILE, 'utf8'))
}
