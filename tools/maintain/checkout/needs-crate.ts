import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Checkout } from './checkout.ts'
import { editShown } from './edit.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')

/** Lets a small pattern depend on a crate that this repository has locked, and whose own dependencies are none. */
export function needsCrate({ root }: Checkout, slug: string, crate: string): void {
  const lock = (folder: string) => readFileSync(join(folder, 'Cargo.lock'), 'utf8')
  const entry = new RegExp(`^\\[\\[package\\]\\]\nname = "${crate}"\n(?:.+\n)+`, 'm').exec(lock(REPOSITORY))
  if (entry === null || entry[0].includes('dependencies'))
    throw new Error(`${crate} is not locked, or not alone`)
  const own = `name = "${slug}"\nversion = "0.1.0"\n`
  const locked = lock(root).replace(own, `${own}dependencies = [\n "${crate}",\n]\n`)
  writeFileSync(join(root, 'Cargo.lock'), locked.replace('[[package]]', `${entry[0]}\n[[package]]`))
  const last = 'publish = false\n'
  editShown(join(root, 'patterns', slug), 'Cargo.toml', last, `${last}\n[dependencies]\n${crate} = "*"\n`)
}
