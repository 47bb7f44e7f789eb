import { join } from 'node:path'
import { place } from './place.ts'
import type { Toolchain } from './toolchain.ts'

const FILE = join(import.meta.dirname, '..', 'at-hand.json')

/** Writes what the toolchain says of itself to the file that turbo hashes every verification with. */
export function writeAtHand({ kind, id, tools }: Toolchain): Promise<void> {
  return place(FILE, `${JSON.stringify({ kind, id, tools }, null, 2)}\n`)
}
