import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'smol-toml'

/** The folder of what sandboxes are set up with; the caller's mirrors as a configuration for cargo, and the file that holds it where there are any. */
export type Settings = { settings: string; mirrors: string; configuration: string | null }

type Table = Record<string, unknown>

/**
 * What a caller's cargo configuration says of where crates come from, as a configuration of nothing else: cargo looks
 * for the crates that a mirror gave below that mirror's name, in a sandbox too. A folder is left out, because no
 * sandbox shows it, and so is an address with a password in it. Empty where nothing is replaced.
 */
export function mirrorsIn(configuration: string): string {
  const root = read(configuration)
  const sources = kept(root.source, ['registry', 'replace-with'])
  const registries = kept(root.registries, ['index'])
  const replaces = Object.values(sources).some((source) => 'replace-with' in source)
  return replaces ? stringify({ source: sources, registries }) : ''
}

export const callersCargoHome = (): string => process.env.CARGO_HOME || join(homedir(), '.cargo')

/** The same of the caller's own cargo. */
export function callersMirrors(): string {
  const path = ['config.toml', 'config'].map((name) => join(callersCargoHome(), name)).find(existsSync)
  return path === undefined ? '' : mirrorsIn(readFileSync(path, 'utf8'))
}

function kept(tables: unknown, keys: readonly string[]): Record<string, Table> {
  return Object.fromEntries(
    Object.entries(tableOf(tables)).map(([name, table]) => [
      name,
      Object.fromEntries(
        Object.entries(tableOf(table)).filter(([key, value]) => keys.includes(key) && !hasPassword(value)),
      ),
    ]),
  )
}

const hasPassword = (value: unknown): boolean => typeof value === 'string' && /:\/\/[^/]*@/.test(value)

function read(text: string): Table {
  try {
    return parse(text)
  } catch {
    // cargo itself says what is wrong with it, when something is fetched.
    return {}
  }
}

function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null ? (value as Table) : {}
}
