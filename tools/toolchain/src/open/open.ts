import { noToolchain, unknownChoice } from '../probe/messages.ts'
import type { Opened } from '../probe/toolchain.ts'
import type { ProvideOptions } from '../provide/provide.ts'
import { openHost } from './open-host.ts'

/**
 * The toolchain that `choice` (TOOLCHAIN: auto, host or docker; auto when unset) names, with what of `needs` is there.
 * `auto` takes the host when its compilers meet their floors, else Docker: what a pattern needs beyond compilers is no
 * reason to build an image. `download` says which needs may be downloaded; none by default. `progress` hears of slow
 * steps.
 */
export async function openToolchain(
  root: string,
  choice: string = process.env.TOOLCHAIN || 'auto',
  { needs = [], download = () => false, progress = () => {} }: Partial<ProvideOptions> = {},
): Promise<Opened> {
  const onHost = () => openHost(root, { needs, download, progress })
  if (choice === 'host') return onHost()
  if (choice === 'docker') return openDocker(root, needs, progress)
  if (choice !== 'auto') return { kind: 'unavailable', ...unknownChoice(choice) }
  const host = await onHost()
  if (host.kind === 'open') return host
  const docker = await openDocker(root, needs, progress)
  return docker.kind === 'open' ? docker : { kind: 'unavailable', ...noToolchain(host, docker) }
}

async function openDocker(
  root: string,
  needs: ProvideOptions['needs'],
  progress: ProvideOptions['progress'],
): Promise<Opened> {
  // Loaded only when it is wanted: a cached run on the host should not pay for it.
  const { openDocker } = await import('../docker/docker.ts')
  return openDocker(root, { needs, progress })
}
