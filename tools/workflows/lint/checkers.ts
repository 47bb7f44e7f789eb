import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.ts'

/** Where the programs are that read workflows. */
export type Checkers = { actionlint: string; shellcheck: string; zizmor: string }

/** What pins them, by version and by hash: nothing else names a version of them. */
const PINS = ['go.mod', 'go.sum', 'requirements.txt']
const ACTIONLINT = 'github.com/rhysd/actionlint/cmd/actionlint'

/**
 * Installs the checkers that the pins name below `target`, once for each content of the pins. Rejects with what
 * Go or pip said when that cannot be done.
 */
export function installCheckers(target: string): Checkers {
  const hash = createHash('sha256')
  for (const pin of PINS) hash.update(readFileSync(join(import.meta.dirname, pin)))
  const folder = join(target, hash.digest('hex').slice(0, 12))
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) install(folder)
  return {
    actionlint: join(folder, 'actionlint'),
    shellcheck: join(folder, 'python/bin/shellcheck'),
    zizmor: join(folder, 'python/bin/zizmor'),
  }
}

/** Into a folder beside it first, so that one that is there is whole. */
function install(folder: string): void {
  const draft = `${folder}.${randomUUID()}`
  mkdirSync(draft, { recursive: true })
  try {
    run('go', ['build', '-C', import.meta.dirname, '-o', join(draft, 'actionlint'), ACTIONLINT])
    // In an environment of its own, pip touches nothing of the caller's Python.
    const python = join(draft, 'python')
    run('python3', ['-m', 'venv', python])
    run(join(python, 'bin/python'), [
      ...['-m', 'pip', '--disable-pip-version-check', 'install', '--quiet', '--no-deps', '--require-hashes'],
      ...['--only-binary', ':all:', '--requirement', join(import.meta.dirname, 'requirements.txt')],
    ])
    renameSync(draft, folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}
