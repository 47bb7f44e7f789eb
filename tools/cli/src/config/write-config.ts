import { existsSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG_NAMES } from './find-config.ts'
import type { Config } from './schema.ts'

/** Where guides usually are. */
const USUAL = ['README.md', 'docs', 'doc', 'book', 'guide']
const SCHEMA = './node_modules/cxx-async-cookbook/cookbook.config.schema.json'

/** Writes the configuration of a repository into `folder`; or says why there is none to write. */
export function writeConfig(
  folder: string,
): { kind: 'written'; file: string } | { kind: 'refused'; problem: string } {
  const there = CONFIG_NAMES.find((name) => existsSync(join(folder, name)))
  if (there !== undefined)
    return { kind: 'refused', problem: `${there} is there already, expected none: edit it` }
  const paths = USUAL.filter((path) => holdsPages(folder, path))
  if (paths.length === 0)
    return { kind: 'refused', problem: `no Markdown is here, expected it in any of ${USUAL.join(', ')}` }
  const config: Config = { $schema: SCHEMA, paths, 'fail-on': ['error', 'untried'] }
  const [file] = CONFIG_NAMES
  writeFileSync(join(folder, file), `${JSON.stringify(config, null, 2)}\n`)
  return { kind: 'written', file }
}

const holdsPages = (folder: string, path: string) =>
  path.endsWith('.md')
    ? existsSync(join(folder, path))
    : globSync(`${path}/**/*.md`, { cwd: folder }).length > 0
