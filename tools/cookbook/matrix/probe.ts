/** Says in JSON what the toolchain of a cell is, or what the cell lacks; and, unlike turbo's probe, tells nobody else. */
import { join } from 'node:path'
import { type Cell, cellAtHand, openToolchain, type Toolchain } from '@cookbook/toolchain'
import { tellTools } from '../src/tell-tools.ts'

/** What a watch needs beside compilers: a question, and what to say when it ends badly. */
const NEEDS: Partial<Record<Cell['watch'], { script: string; lack: string }>> = {
  sanitizers: {
    script: 'echo "int main() {}" | "$CXX" -fsanitize=address,undefined -x c++ - -o /dev/null',
    lack: "the compiler's sanitizers are not installed; clang's are in apt-get install libclang-rt-19-dev",
  },
  threads: {
    script: 'test -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library"',
    lack: 'the standard library cannot be instrumented without its sources: rustup component add rust-src',
  },
}

const opened = await openToolchain(join(import.meta.dirname, '../../..'))
const { watch } = cellAtHand()!
const lacking =
  opened.kind === 'open' ? await lacks(opened.toolchain, watch) : `no toolchain: ${opened.problem}`
if (opened.kind === 'open' && lacking === null) {
  const { tools, seeds } = opened.toolchain
  const others = watch === 'memcheck' ? (['valgrind'] as const) : []
  console.log(JSON.stringify({ tools: tellTools(tools, ...others), seeds }))
} else {
  console.error(lacking)
  process.exitCode = 1
}

/** What a toolchain that can build lacks for a watch. */
async function lacks({ tools, run }: Toolchain, watch: Cell['watch']): Promise<string | null> {
  if (watch === 'memcheck')
    return tools.some(({ name, version }) => name === 'valgrind' && version !== null)
      ? null
      : 'valgrind is not installed'
  const need = NEEDS[watch]
  if (need === undefined) return null
  const asked = await run({ program: 'sh', args: ['-c', need.script], cwd: '/', timeoutMs: 20_000 })
  return asked.kind === 'exited' && asked.code === 0 ? null : need.lack
}
