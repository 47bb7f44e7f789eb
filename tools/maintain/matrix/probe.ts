/** Says in JSON what the toolchain of a cell is, or what the cell lacks; and, unlike turbo's probe, tells nobody else. */
import { join } from 'node:path'
import { describeTools } from '@cookbook/cli/describe-tools'
import { type Cell, cellAtHand, openToolchain, RACE_LINKER, type Toolchain } from '@cookbook/toolchain'

const TELLS_NAMES = `program=$(mktemp) && trap 'rm "$program"' EXIT && echo 'extern "C" void __sanitizer_print_stack_trace();
int main() { __sanitizer_print_stack_trace(); }' | ${RACE_LINKER} -g -fsanitize=thread -x c++ -`

/** What the memory tools need beside compilers: questions, and what to say when one ends badly. */
const NEEDS: Partial<Record<Cell['memoryTool'], readonly { script: string; lack: string }[]>> = {
  sanitizers: [
    {
      script: 'echo "int main() {}" | "$CXX" -fsanitize=address,undefined -x c++ - -o /dev/null',
      lack: "the compiler's sanitizers are not installed; clang's are in apt-get install libclang-rt-19-dev",
    },
  ],
  threads: [
    {
      script: 'test -d "$(rustc --print sysroot)/lib/rustlib/src/rust/library"',
      lack: 'the standard library cannot be instrumented without its sources: rustup component add rust-src',
    },
    {
      script: `echo "int main() {}" | ${RACE_LINKER} -fsanitize=thread -x c++ - -o /dev/null`,
      lack: `${RACE_LINKER} does not link its ThreadSanitizer: apt-get install clang-19 libclang-rt-19-dev`,
    },
    {
      script: `${TELLS_NAMES} -o "$program" && "$program" 2>&1 | grep ' main '`,
      lack: `${RACE_LINKER}'s ThreadSanitizer tells no names, by which false alarms are known: apt-get install llvm-19`,
    },
  ],
}

const opened = await openToolchain(join(import.meta.dirname, '../../..'))
const { memoryTool } = cellAtHand()!
const lacking =
  opened.kind === 'open' ? await lacks(opened.toolchain, memoryTool) : `no toolchain: ${opened.problem}`
if (opened.kind === 'open' && lacking === null) {
  const { tools, seeds } = opened.toolchain
  const others = memoryTool === 'memcheck' ? (['valgrind'] as const) : []
  console.log(JSON.stringify({ tools: describeTools(tools, ...others), seeds }))
} else {
  console.error(lacking)
  process.exitCode = 1
}

/** What a toolchain that can build lacks for a memory tool. */
async function lacks({ tools, run }: Toolchain, memoryTool: Cell['memoryTool']): Promise<string | null> {
  if (memoryTool === 'memcheck')
    return tools.some(({ name, version }) => name === 'valgrind' && version !== null)
      ? null
      : 'valgrind is not installed'
  for (const { script, lack } of NEEDS[memoryTool] ?? []) {
    const options = await run({ program: 'sh', args: ['-c', script], cwd: '/', timeoutMs: 20_000 })
    if (options.kind !== 'exited' || options.code !== 0) return lack
  }
  return null
}
