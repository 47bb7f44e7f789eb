import { join } from 'node:path'
import { type Command, succeeded } from '../process/command.ts'
import { noReader } from './messages.ts'
import { rustcHost } from './rustc-host.ts'
import type { Toolchain } from './toolchain.ts'

/** The programs that read what instrumented programs wrote. */
export type Readers = { profdata: string; cov: string; gcov: string }

const LIMIT_MS = 20_000

/**
 * The readers that fit the compilers: LLVM's change their format with each major version, and so does gcov. Those that
 * came with rustc go before the machine's own.
 */
export async function findReaders(
  toolchain: Pick<Toolchain, 'run' | 'tools'>,
  cwd: string,
): Promise<Readers | { problem: string; fix: string }> {
  const rustc = toolchain.tools.find(({ name }) => name === 'rustc')!
  const cxx = toolchain.tools.find(({ name }) => name === 'g++' || name === 'clang++')!
  if (cxx.name !== 'g++')
    return noReader(`${cxx.program} is no g++, whose gcov is read`, 'CXX=g++ npm run coverage')
  const llvm = /^LLVM version: (\d+)/m.exec(rustc.output)?.[1] ?? '?'
  const gcc = cxx.version?.split('.')[0] ?? '?'
  const says = async (program: string, ...args: string[]) => {
    const command: Command = { program, args, cwd, timeoutMs: LIMIT_MS }
    const outcome = await toolchain.run(command)
    return succeeded(outcome, command) ? outcome.stdout : ''
  }
  const sysroot = (await says('rustc', '--print', 'sysroot')).trim()
  const triple = rustcHost(toolchain) ?? ''
  const own = join(sysroot, 'lib/rustlib', triple, 'bin')
  const first = async (programs: readonly string[], version: RegExp) => {
    for (const program of programs) if (version.test(await says(program, '--version'))) return program
    return null
  }
  const ofLlvm = (name: string) =>
    first([join(own, name), `${name}-${llvm}`, name], new RegExp(`LLVM version ${llvm}\\.`))
  const profdata = await ofLlvm('llvm-profdata')
  const cov = await ofLlvm('llvm-cov')
  const gcov = await first([`gcov-${gcc}`, 'gcov'], new RegExp(`^gcov .*\\b${gcc}\\.`))
  if (profdata === null || cov === null)
    return noReader(
      `rustc ${rustc.version} writes profiles for LLVM ${llvm}, and there are no llvm-profdata and llvm-cov of it`,
      `rustup component add llvm-tools, or: apt-get install llvm-${llvm}`,
    )
  if (gcov === null) return noReader(`there is no gcov of g++ ${gcc}`, `apt-get install gcc-${gcc}`)
  return { profdata, cov, gcov }
}
