import { openHost } from './open-host.ts'
import type { Opened } from './toolchain.ts'
import { noToolchain, unknownChoice } from './words.ts'

/**
 * The toolchain that `choice` (TOOLCHAIN: auto, host or docker; auto when unset) names. `auto` takes the host
 * when its tools meet their floors, else Docker. `progress` hears of slow steps, such as building the image.
 */
export async function openToolchain(
  root: string,
  choice: string = process.env.TOOLCHAIN || 'auto',
  progress: (line: string) => void = () => {},
): Promise<Opened> {
  if (choice === 'host') return openHost(root)
  if (choice === 'docker') return openDocker(root, progress)
  if (choice !== 'auto') return { kind: 'unavailable', ...unknownChoice(choice) }
  const host = await openHost(root)
  if (host.kind === 'open') return host
  const docker = await openDocker(root, progress)
  return docker.kind === 'open' ? docker : { kind: 'unavailable', ...noToolchain(host, docker) }
}

async function openDocker(root: string, progress: (line: string) => void): Promise<Opened> {
  // Loaded only when it is wanted: a cached run on the host should not pay for it.
  const { openDocker } = await import('./docker/docker.ts')
  return openDocker(root, { progress })
}
