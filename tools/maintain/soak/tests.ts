import { join, relative } from 'node:path'
import { type Artifact, parseCargoMessages } from '@cookbook/diagnostics'
import { contractFiles, crateFolders } from '@cookbook/guide'
import {
  type BuildProfile,
  type Command,
  seedTarget,
  succeeded,
  type Toolchain,
  targetFolder,
} from '@cookbook/toolchain'

/** One Rust test of a pattern, and the program that holds it. `file` is as claims name it: `tests/cancel.rs`. */
export type PatternTest = { slug: string; file: string; name: string; program: string }

const BUILD_LIMIT_MS = 20 * 60_000
const LIST_LIMIT_MS = 20_000
const MESSAGE_BYTES = 256 * 1024 * 1024

/** Builds the tests of a pattern as its verification does, and asks each program for their names. Throws what failed. */
export async function buildTests(
  toolchain: Toolchain,
  root: string,
  slug: string,
  buildProfile: BuildProfile,
): Promise<PatternTest[]> {
  const dir = join(root, 'patterns', slug)
  const crates = crateFolders(await contractFiles(dir))
  const seeding = await seedTarget(root, toolchain, slug, buildProfile, crates)
  if (seeding !== null) throw new Error(`the third-party crates of ${slug} were not built: ${seeding.stderr}`)
  const target = targetFolder(root, toolchain, slug, buildProfile)
  const args = ['test', '--no-run', '--locked', '--message-format=json', '--target-dir', target]
  const build = { program: 'cargo', args: [...args, ...buildProfile.args], env: buildProfile.env }
  const limits = { timeoutMs: BUILD_LIMIT_MS, keepBytes: MESSAGE_BYTES }
  let messages = ''
  for (const crate of crates)
    messages += await said(toolchain, { ...build, ...limits, cwd: join(dir, crate) })
  const artifacts = parseCargoMessages(messages)
    .flatMap((message) => (message.kind === 'artifact' ? [message.artifact] : []))
    .filter(({ executable, kinds }) => executable !== null && kinds.includes('test'))
  return (await Promise.all(artifacts.map((artifact) => testsOf(toolchain, slug, dir, artifact)))).flat()
}

async function testsOf(
  toolchain: Toolchain,
  slug: string,
  cwd: string,
  { executable, source }: Artifact,
): Promise<PatternTest[]> {
  const program = executable!
  const args = ['--list', '--format', 'terse']
  const listed = await said(toolchain, { program, args, cwd, timeoutMs: LIST_LIMIT_MS })
  const file = relative(cwd, source)
  return [...listed.matchAll(/^(.+): test$/gm)].map(([, name]) => ({ slug, file, name: name!, program }))
}

async function said(toolchain: Toolchain, command: Command): Promise<string> {
  const outcome = await toolchain.run(command)
  if (!succeeded(outcome, command))
    throw new Error(`${command.program} failed: ${outcome.stderr.slice(-4000)}`)
  return outcome.stdout
}
