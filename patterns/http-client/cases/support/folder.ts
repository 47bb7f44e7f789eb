import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that lasts until the end of the scope. */
export function folder(): Disposable & { at(name: string): string } {
  const path = mkdtempSync(join(tmpdir(), 'http-client-'))
  return {
    at: (name) => join(path, name),
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  }
}
