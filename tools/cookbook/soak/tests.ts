import { execFile } from 'node:child_process'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { type Artifact, parseCargoMessages } from '@cookbook/harness/cargo-messages'

/** One Rust test of a pattern, and the program that holds it. `file` is as claims name it: `tests/cancel.rs`. */
export type PatternTest = { slug: string; file: string; name: string; program: string }

const run = promisify(execFile)

/** Builds the tests of a pattern, as cargo does, and asks each program for their names. */
export async function buildTests(root: string, slug: string): Promise<PatternTest[]> {
  const cwd = join(root, 'patterns', slug)
  const args = ['test', '--no-run', '--locked', '--message-format=json']
  const { stdout } = await run('cargo', args, { cwd, maxBuffer: 256 * 1024 * 1024 })
  const artifacts = parseCargoMessages(stdout)
    .flatMap((message) => (message.kind === 'artifact' ? [message.artifact] : []))
    .filter(({ executable, kinds }) => executable !== null && kinds.includes('test'))
  return (await Promise.all(artifacts.map((artifact) => testsOf(slug, cwd, artifact)))).flat()
}

async function testsOf(slug: string, cwd: string, { executable, source }: Artifact): Promise<PatternTest[]> {
  const program = executable!
  const { stdout } = await run(program, ['--list', '--format', 'terse'])
  const file = relative(cwd, source)
  return [...stdout.matchAll(/^(.+): test$/gm)].map(([, name]) => ({ slug, file, name: name!, program }))
}
