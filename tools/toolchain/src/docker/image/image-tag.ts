import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What `docker build` reads. */
const SOURCES = ['Dockerfile', 'supervise.cc']

/** The toolchain image's name. Its tag is a hash of all that it is built from. `folder` holds the Dockerfile. */
export function imageTag(folder: string): string {
  const hash = createHash('sha256')
  for (const source of SOURCES)
    hash
      .update(`${source}\0`)
      .update(readFileSync(join(folder, source)))
      .update('\0')
  return `cxx-async-cookbook/toolchain:${hash.digest('hex').slice(0, 12)}`
}

/** The image that the Dockerfile builds upon. */
export function baseImage(folder: string): string {
  const from = /^FROM (\S+)/m.exec(readFileSync(join(folder, 'Dockerfile'), 'utf8'))
  if (from === null) throw new Error(`${folder}/Dockerfile has no FROM line`)
  return from[1]!
}
