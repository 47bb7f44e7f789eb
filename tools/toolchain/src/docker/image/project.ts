import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { imageTag } from './image-tag.ts'

/** The containers of one checkout and one user, as docker/compose.yaml describes them. */
export type Project = {
  /** Of the Compose project and of its container; the container that fetches is `<name>-fetch`. */
  name: string
  root: string
  /** Where compose.yaml is. */
  folder: string
  image: string
  /** Changes with everything that a running container would have to be replaced for. */
  configuration: string
  /** What compose.yaml reads; COOKBOOK_USER is for the engine to settle, see `asUser`. */
  variables: Readonly<Record<string, string>>
}

export type Caller = { uid: number; gid: number }

const CERTIFICATES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
]

/** What the image is made of, as it lies beside the tools. */
const DOCKER = join(import.meta.dirname, '../../../../../docker')

/** Describes the project of the checkout at `root`. Creates the caller's cargo registry when there is none. */
export function projectOf(
  root: string,
  caller: Caller = { uid: process.getuid!(), gid: process.getgid!() },
): Project {
  const real = realpathSync(root)
  // A checkout of the tools has its own; a guide elsewhere may have a folder of that name too.
  const own = join(real, 'docker')
  const folder = existsSync(join(own, 'supervise.cc')) ? own : realpathSync(DOCKER)
  const image = imageTag(folder)
  const user = `${caller.uid}:${caller.gid}`
  const registry = join(process.env.CARGO_HOME || join(homedir(), '.cargo'), 'registry')
  mkdirSync(registry, { recursive: true })
  const certificates = [process.env.SSL_CERT_FILE ?? '', ...CERTIFICATES].find((file) => existsSync(file))
  const settings = {
    COOKBOOK_IMAGE: image,
    COOKBOOK_USER: user,
    COOKBOOK_ROOT: real,
    COOKBOOK_REGISTRY: realpathSync(registry),
    // Compose cannot leave a mount out, so a machine without certificates mounts nothing at that place.
    COOKBOOK_CERTIFICATES: certificates ?? '/dev/null',
    COOKBOOK_CAINFO: certificates ? '/run/certificates.crt' : '/etc/ssl/certs/ca-certificates.crt',
  }
  const name = `cookbook-${digest([real, user])}`
  // A folder that was deleted and made again has another inode, and a container still shows the deleted one.
  const mounted = [real, settings.COOKBOOK_REGISTRY].map((path) => statSync(path).ino)
  const configuration = digest([readFileSync(join(folder, 'compose.yaml'), 'utf8'), settings, mounted])
  const variables = { ...settings, COOKBOOK_PROJECT: name, COOKBOOK_CONFIGURATION: configuration }
  return { name, root: real, folder, image, configuration, variables }
}

/** The project with its processes run as another user, `0:0` where a rootless engine maps it to the caller. */
export function asUser(project: Project, user: string): Project {
  return { ...project, variables: { ...project.variables, COOKBOOK_USER: user } }
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12)
}
