import { accessSync, chmodSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Checkout } from './checkout.ts'
import { shellPath } from './run.ts'

const REACH_LIMIT_MS = 300_000

/**
 * Puts a shell script before the program `name` on PATH, or replaces the script that lies there. `script` is given
 * the path of the program that is hidden. Answers the environment in which it comes first; scripts of two runs at
 * once lie in two `folder`s.
 */
export function shadow(
  checkout: Checkout,
  name: string,
  script: (real: string) => string,
  folder = 'programs',
): { PATH: string } {
  const first = join(folderOf(checkout), folder)
  mkdirSync(first, { recursive: true })
  const path = join(first, name)
  writeFileSync(path, `#!/bin/sh\n${script(find(name))}\n`)
  chmodSync(path, 0o755)
  return { PATH: `${first}${delimiter}${shellPath()}` }
}

/** A g++ that says it is `version`. With `refusing` it compiles nothing, but tells which Boost it finds. */
export function shadowCompiler(checkout: Checkout, version: string, refusing = false): { PATH: string } {
  const options = `case "$1" in --version) echo 'g++ (Shadow) ${version}'; exit;; esac`
  const compiles = (real: string) =>
    refusing ? `[ "$1" != -E ] || exec ${real} "$@"; echo "$0: refused" >&2; exit 1` : `exec ${real} "$@"`
  return shadow(checkout, 'g++', (real) => `${options}\n${compiles(real)}`)
}

/** A place in a script where it waits. `reached` resolves when it does so, `open` lets it go on. */
export type Gate = { script: string; reached(): Promise<void>; open(): void }

export function gate(checkout: Checkout, name: string): Gate {
  mkdirSync(folderOf(checkout), { recursive: true })
  const [there, go] = ['reached', 'open'].map((word) => join(folderOf(checkout), `${name}-${word}`))
  return {
    script: `touch ${there}; n=0; until [ -e ${go} ] || [ $n = 3000 ]; do sleep 0.02; n=$((n+1)); done`,
    async reached() {
      const until = performance.now() + REACH_LIMIT_MS
      while (!existsSync(there!)) {
        if (performance.now() > until) throw new Error(`no run reached the gate ${name}`)
        await sleep(20)
      }
    },
    open: () => writeFileSync(go!, ''),
  }
}

// git ignores it, so that it is no part of what is verified.
const folderOf = ({ root }: Checkout) => join(root, 'target', 'shadow')

function find(name: string): string {
  const paths = shellPath()
    .split(delimiter)
    .map((folder) => join(folder, name))
  const found = paths.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  if (found === undefined) throw new Error(`${name} is not on PATH`)
  return found
}
