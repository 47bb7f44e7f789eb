import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { $ } from 'zx/core'
import { docker, succeeded } from '../engine/client.ts'
import { noBase, noImage, type Problem, progress } from '../engine/messages.ts'
import { baseImage } from './image-tag.ts'
import type { Project } from './project.ts'

type Progress = (line: string) => void
/** `said` is the last line, `before` are those that led to it. */
type Step = { ok: boolean; said: string; before: string[] }

const MINUTE_MS = 60_000
/** Enough for what apt and a compiler say of a failure, whose last line names only the command. */
const LINES_BEFORE = 20
const PROXIES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']

/** Makes sure that the project's image is there: pulls or makes its base and builds it. `null` when it is. */
export async function ensureImage(project: Project, show: Progress): Promise<Problem | null> {
  if (await isPresent(project.image)) return null
  const base = baseImage(project.folder)
  if (!(await isPresent(base))) {
    show(progress.pulling(base))
    const pull = await stepwise('docker', ['pull', base], 10 * MINUTE_MS, show)
    if (!pull.ok) {
      show(progress.making(base, pull.said))
      const made = await stepwise(join(project.folder, 'base-image.sh'), [], 10 * MINUTE_MS, show)
      if (!made.ok) return noBase(base, pull.said, made.said)
    }
  }
  show(progress.building(project.image))
  // Docker knows these arguments and keeps them out of the image.
  const proxies = PROXIES.filter((name) => process.env[name]).flatMap((name) => ['--build-arg', name])
  const build = await stepwise(
    'docker',
    ['build', '--force-rm', ...proxies, '--tag', project.image, project.folder],
    30 * MINUTE_MS,
    show,
  )
  return build.ok ? null : noImage(project.image, build.said, build.before)
}

async function isPresent(image: string): Promise<boolean> {
  return succeeded(await docker(['image', 'inspect', '--format', '{{.Id}}', image], { timeoutMs: 15_000 }))
}

/** Runs one slow step and shows each line that it prints. */
async function stepwise(program: string, args: string[], timeoutMs: number, show: Progress): Promise<Step> {
  const child = $({
    nothrow: true,
    quiet: true,
    verbose: false,
    timeout: timeoutMs,
    stdio: ['ignore', 'pipe', 'pipe'],
  })`${program} ${args}`
  const both = new PassThrough()
  child.stdout.pipe(both, { end: false })
  child.stderr.pipe(both, { end: false })
  const said: string[] = []
  const lines = createInterface(both).on('line', (line) => {
    if (line.trim() === '') return
    said.push(line.trim())
    if (said.length > LINES_BEFORE + 1) said.shift()
    show(line)
  })
  const { exitCode } = await child
  both.end()
  lines.close()
  const last = said.pop() ?? ''
  return {
    ok: exitCode === 0,
    said: exitCode === null ? `ended after ${timeoutMs / MINUTE_MS} minutes: ${last}` : last,
    before: said,
  }
}
