import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Checkout } from './checkout.ts'

/** Mounting is root's; without it a test says in words that it was skipped. */
export const MAY_MOUNT = process.getuid!() === 0

/** The checkout as it looks where it is mounted for reading only. */
export function mountReadOnly({ root }: Checkout): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'cookbook-read-only-'))
  execFileSync('mount', ['--bind', root, folder])
  execFileSync('mount', ['-o', 'remount,bind,ro', folder])
  return { root: folder, [Symbol.dispose]: () => unmount(folder, folder) }
}

/** The checkout, with nothing built, on a disk of its own on which so much is free. What is written there is gone with it. */
export function mountSmallDisk({ root }: Checkout, kib: number): Checkout {
  const disk = mkdtempSync(join(tmpdir(), 'cookbook-small-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', disk])
  const [upper, work, merged] = ['upper', 'work', 'merged'].map((name) => join(disk, name))
  for (const folder of [upper!, work!, merged!]) mkdirSync(folder)
  const layers = `lowerdir=${root},upperdir=${upper},workdir=${work}`
  execFileSync('mount', ['-t', 'overlay', 'overlay', '-o', layers, merged!])
  rmSync(join(merged!, 'target'), { recursive: true, force: true })
  return { root: merged!, [Symbol.dispose]: () => unmount(disk, merged!, disk) }
}

function unmount(folder: string, ...mounted: readonly string[]): void {
  for (const path of mounted) execFileSync('umount', [path])
  rmSync(folder, { recursive: true })
}
