/** clang-tidy over the C++ of every pattern, with the checks of .clang-tidy. Exit code 1 when it finds something. */
import { execFile } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseCargoMessages } from '@cookbook/diagnostics'

const ROOT = join(import.meta.dirname, '../../..')
const PATTERNS = join(ROOT, 'patterns')
// Debian 12 calls an older one, which knows no coroutines, by the plain name.
const PROGRAMS = ['clang-tidy-19', 'clang-tidy']

const run = promisify(execFile)

/** The folders of each crate's bridge, by its folder below patterns/, and those of the C libraries that other crates build, whose headers C++ includes. */
async function headers(): Promise<{ bridges: Map<string, string>; libraries: string[] }> {
  // As `npm run lint` asks before, when nothing is built twice.
  const args = ['clippy', '--workspace', '--all-targets', '--locked', '--quiet', '--message-format=json']
  const { stdout } = await run('cargo', [...args, '--target-dir', 'target/clippy', '--', '-D', 'warnings'], {
    cwd: ROOT,
    maxBuffer: 256 * 1024 * 1024,
  })
  const built = parseCargoMessages(stdout).flatMap((message) =>
    message.kind === 'build-script' ? [message] : [],
  )
  const bridges = new Map(
    built.flatMap(({ packageId, outDir }) => {
      const crate = new RegExp(`^path\\+file://${RegExp.escape(PATTERNS)}/([^#]+)#`).exec(packageId)?.[1]
      return crate !== undefined ? [[crate, outDir] as const] : []
    }),
  )
  const curl = built.filter(({ packageId }) => packageId.includes('#curl-sys@'))
  return { bridges, libraries: curl.map(({ outDir }) => join(outDir, 'include')) }
}

async function findTidy(): Promise<string | null> {
  for (const program of PROGRAMS) {
    if (await run(program, ['--version']).catch(() => null)) return program
  }
  return null
}

/** What clang-tidy says of the C++ of one crate; `null` when that is nothing. */
async function tidy(
  program: string,
  slug: string,
  out: string,
  libraries: readonly string[],
): Promise<string | null> {
  const files = (await Array.fromAsync(glob(`patterns/${slug}/src/**/*.cc`, { cwd: ROOT }))).sort()
  if (files.length === 0) return null
  const includes = [`patterns/${slug}/include`, `${out}/cxxbridge/include`, `${out}/cxxbridge/crate`]
  const args = ['--quiet', ...files, '--', '-std=c++20']
  const system = [...libraries, `${out}/cxx-await/include`]
  args.push(...includes.map((path) => `-I${path}`), ...system.map((path) => `-isystem${path}`))
  return run(program, args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }).then(
    () => null,
    ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout || stderr,
  )
}

const program = await findTidy()
if (program === null) {
  console.error(
    'lint: clang-tidy was not found\n  apt-get install clang-tidy-19, or clang-tidy where that is newer',
  )
  process.exit(1)
}
const { bridges, libraries } = await headers()
const waiting = [...bridges].sort()
const worker = async () => {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [slug, out] = next
    const said = await tidy(program, slug, out, libraries)
    console.log(`${said === null ? 'good   ' : 'failing'}  ${slug}`)
    if (said !== null) {
      console.log(said.trimEnd().replaceAll(`${ROOT}/`, ''))
      process.exitCode = 1
    }
  }
}
await Promise.all([worker(), worker()])
