import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONFIG } from '@cookbook/cli/config/schema'
import { toJsonSchema } from '@valibot/to-json-schema'
import { bundle } from './bundle.ts'
import { licensesOf } from './licenses.ts'
import { manifestOf } from './manifest.ts'
import { sbomOf } from './sbom.ts'

/** What lies at the top of the package, and where the repository has it. */
const TOP = {
  'cookbook.cjs': 'tools/maintain/package/cookbook.cjs',
  'problem-matcher.json': 'tools/maintain/package/problem-matcher.json',
  'README.md': 'tools/cli/README.md',
  'LICENSE-MIT': 'LICENSE-MIT',
  'LICENSE-APACHE': 'LICENSE-APACHE',
}

/**
 * Builds the package that ships in `folder`, which is made again, and packs it there, with a bill of materials beside it.
 * Answers the tarball's path.
 * Rejects where a source cannot be bundled.
 */
export async function packPackage(root: string, folder: string): Promise<string> {
  rmSync(folder, { recursive: true, force: true })
  const content = join(folder, 'package')
  mkdirSync(content, { recursive: true })
  const bundled = await bundle(root, content)
  writeFileSync(join(content, 'THIRD-PARTY-LICENSES'), licensesOf(bundled))
  for (const [name, from] of Object.entries(TOP)) cpSync(join(root, from), join(content, name))
  writeFileSync(join(content, 'cookbook.config.schema.json'), `${JSON.stringify(configSchema(), null, 2)}\n`)
  writeFileSync(join(content, 'dist/harness.d.ts'), harnessTypes(root))
  chmodSync(join(content, 'cookbook.cjs'), 0o755)
  const manifest = manifestOf(root)
  writeFileSync(join(content, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  writeFileSync(join(folder, 'sbom.cdx.json'), sbomOf(manifest, bundled))
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const packed = JSON.parse(execFileSync('npm', args, { cwd: content, encoding: 'utf8' }))
  const [{ filename }] = Array.isArray(packed) ? packed : (Object.values(packed) as [{ filename: string }])
  return join(folder, filename)
}

/** What a runner imports. `process` has signals, which `@types/node` names. */
const harnessTypes = (root: string) =>
  [
    '/// <reference types="node" />',
    readFileSync(join(root, 'tools/harness/src/verbs/verbs.ts'), 'utf8'),
    'export declare const pattern: ReadPattern\n',
  ].join('\n')

/** What editors check a cookbook.config.json with, made of what reads it. */
export const configSchema = () => toJsonSchema(CONFIG, { target: 'draft-07' })
