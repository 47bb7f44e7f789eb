import { join } from 'node:path'
import { distinct, isWithin, parseCargoMessages } from '@cookbook/diagnostics'
import { type Finding, readPackage } from '@cookbook/guide'
import { type Command, exitStatusOf, openToolchain, readNeeds, succeeded } from '@cookbook/toolchain'
import { cratesOf } from '../context/crate.ts'
import { lastLines, unexpectedExit } from '../context/messages.ts'
import { rustFindings } from '../diagnostic/rust-findings.ts'
import { findingKey, MANIFEST, sourceFinding } from '../diagnostic/source-finding.ts'

const LIMIT_MS = 10 * 60_000
const MESSAGE_BYTES = 64 * 1024 * 1024

/** What clippy says of a pattern; or why it says nothing of it on this machine. */
export type Linted = { findings: readonly Finding[]; without: string | null }

/**
 * Runs clippy over the crates of the pattern `slug`, as `npm run lint` does, on the host. When the signal is aborted it
 * ends, and what it says is of no use.
 */
export async function clippy(root: string, slug: string, signal: AbortSignal): Promise<Linted> {
  const dir = join(root, 'patterns', slug)
  const read = await readNeeds(dir)
  const opened = await openToolchain(root, 'host', { needs: 'needs' in read ? read.needs : [] })
  if (opened.kind === 'unavailable') return { findings: [], without: opened.problem }
  const { toolchain } = opened
  const [missing] = toolchain.missing
  if (missing !== undefined) return { findings: [], without: missing.problem }
  const pkg = await readPackage(root, dir)
  const found: Finding[] = []
  for (const crate of await cratesOf(pkg)) {
    const own = ['clippy', '--all-targets', '--locked', '--keep-going', '--message-format=json']
    const command: Command = {
      program: 'cargo',
      args: [...own, '--target-dir', join(root, 'target/clippy'), '--', '-D', 'warnings'],
      cwd: crate.dir,
      timeoutMs: LIMIT_MS,
      keepBytes: MESSAGE_BYTES,
      signal,
    }
    const outcome = await toolchain.run(command)
    if (/^error: (?:no such command: `clippy`|'cargo-clippy' is not installed)/m.test(outcome.stderr))
      return { findings: [], without: 'clippy is not installed: rustup component add clippy' }
    const said = parseCargoMessages(outcome.stdout).flatMap((message) => {
      if (message.kind !== 'diagnostic') return []
      const { diagnostic } = message
      const isOwn = diagnostic.location !== null && isWithin(pkg, root, diagnostic.location.path)
      return isOwn ? rustFindings(pkg, root, diagnostic) : []
    })
    if (!succeeded(outcome, command) && said.length === 0)
      said.push(
        sourceFinding(
          pkg,
          { ...MANIFEST, path: `${crate.folder}${MANIFEST.path}` },
          {
            message: unexpectedExit('cargo clippy', exitStatusOf(outcome), 'exit code 0'),
            detail: lastLines(outcome.stderr),
          },
        ),
      )
    found.push(...said)
  }
  return { findings: distinct(found, findingKey), without: null }
}
