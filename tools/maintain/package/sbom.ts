import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { manifestOf } from './manifest.ts'

type Manifest = { name: string; version: string; license?: string }

const purlOf = ({ name, version }: Manifest) => `pkg:npm/${name.replace('@', '%40')}@${version}`

function componentOf(type: 'application' | 'library', manifest: Manifest) {
  const { name, version, license } = manifest
  const purl = purlOf(manifest)
  const licenses = license === undefined ? [] : [{ expression: license }]
  return { type, 'bom-ref': purl, name, version, purl, licenses }
}

/** The package's bill of materials, as CycloneDX: what its bundle is made of, which lies in these folders. */
export function sbomOf(manifest: ReturnType<typeof manifestOf>, folders: readonly string[]): string {
  const found = folders.map(
    (folder): Manifest => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  )
  const subject = componentOf('application', manifest)
  const components = found.map((one) => componentOf('library', one))
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: subject },
    components,
    dependencies: [
      { ref: subject['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) },
      ...components.map((one) => ({ ref: one['bom-ref'] })),
    ],
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
