import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { Command } from '../src/process/command.ts'
import { hostEnvironment } from '../src/process/environment.ts'
import { runOnHost } from '../src/process/host.ts'

/** A folder for each test of a file, and how commands run in it. */
export function hostFolder() {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'host-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const run = (program: string, args: string[], more: Partial<Command> = {}) =>
    runOnHost({ program, args, cwd: folder, timeoutMs: 20_000, ...more }, hostEnvironment())
  return {
    /** Within the folder; without a name, the folder itself. */
    path: (...names: string[]) => join(folder, ...names),
    run,
    sh: (script: string, more?: Partial<Command>) => run('sh', ['-c', script], more),
  }
}
