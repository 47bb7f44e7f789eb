import { statfs } from 'node:fs/promises'
import type { Running } from '@cookbook/toolchain/process'
import type { Limits } from './limits.ts'
import { stopped } from './messages.ts'
import { memoryOf, spareMemory } from './processes.ts'
import { walk } from './walk.ts'

const EVERY_MS = 200

/** Ends a command that takes more memory than it may. Gives back what ends the watch. */
export function watchMemory({ pid, end }: Running, { memoryBytes, spareBytes }: Limits): () => void {
  return every(() => {
    if (memoryOf(pid) > memoryBytes) end({ kind: 'sandbox-limit', reason: stopped.memory(memoryBytes) })
    else if (spareMemory() < spareBytes) end({ kind: 'sandbox-limit', reason: stopped.spare(spareBytes) })
  })
}

/**
 * Ends a command that fills its folder. What is in it is added up only when the file system has become fuller
 * meanwhile, by whomever.
 */
export function watchDisk(
  { end }: Pick<Running, 'end'>,
  folder: string | null,
  { diskBytes, files }: Limits,
): () => void {
  if (folder === null) return () => {}
  let seen: { free: number; nodes: number } | null = null
  return every(async () => {
    const { bavail, bsize, ffree } = await statfs(folder)
    const now = { free: bavail * bsize, nodes: ffree }
    seen ??= now
    if (seen.free - now.free < diskBytes / 16 && seen.nodes - now.nodes < files / 16) return
    seen = now
    const { bytes, count } = await walk(folder, files)
    if (bytes > diskBytes) end({ kind: 'sandbox-limit', reason: stopped.disk(diskBytes) })
    else if (count > files) end({ kind: 'sandbox-limit', reason: stopped.files(files) })
  })
}

function every(look: () => void | Promise<void>): () => void {
  let timer: NodeJS.Timeout
  let over = false
  const next = () => {
    timer = setTimeout(async () => {
      await look()
      if (!over) next()
    }, EVERY_MS)
  }
  next()
  return () => {
    over = true
    clearTimeout(timer)
  }
}
