/** Brings up the container that a verification in Docker works in, and with it the image, which takes minutes once. */
import { join } from 'node:path'
import { openDocker } from '../tools/toolchain/src/docker/docker.ts'

const opened = await openDocker(join(import.meta.dirname, '..'), { progress: console.log })
if (opened.kind === 'unavailable') {
  console.error(`no toolchain: ${opened.problem}\n  ${opened.remedy}`)
  process.exitCode = 1
}
