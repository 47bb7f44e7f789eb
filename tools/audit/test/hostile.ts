import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allowedCrates, audit, openSandbox, readGuide } from '../src/index.ts'
import type { Limits } from '../src/sandbox/confine/limits.ts'

const ROOT = join(import.meta.dirname, '../../..')
const GUIDES = join(import.meta.dirname, '../fixtures/hostile')
/** Where a hostile guide calls home: see opens-network.md. */
const HOME_PORT = 47821
const MIB = 1024 * 1024

/** Small, so that reaching them takes no time. */
export const SMALL: Partial<Limits> = {
  memoryBytes: 512 * MIB,
  diskBytes: 128 * MIB,
  scratchBytes: 32 * MIB,
  files: 2000,
  processes: 64,
  timeMs: 20_000,
}

/** What the report says of a guide: its blocks' verdicts with their reasons, and what its program printed. */
export type HostileResult = { verdicts: string; printed: string }

export type Harm = {
  reported: ReadonlyMap<string, HostileResult>
  /** The files that lie where only a guide could have put them, and those that it took away. */
  strewn: readonly string[]
  precious: string
  /** Programs of a guide that still run. */
  survivors: readonly string[]
  /** Connections to this machine. */
  calls: number
  durationMs: number
}

/** Audits all hostile guides in a sandbox, and looks at what harm is done. */
export async function auditHostile(
  choice: 'bubblewrap' | 'docker',
  where: 'program' | 'build script',
): Promise<Harm> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'cookbook-hostile-')))
  const [work, pages] = [join(folder, 'work'), join(folder, 'pages')]
  let calls = 0
  const home = createServer((socket) => {
    calls++
    socket.destroy()
  })
  process.env.COOKBOOK_SECRET = 'open sesame'
  try {
    await new Promise<void>((resolve) => home.listen(HOME_PORT, '127.0.0.1', resolve))
    const opened = await openSandbox({
      root: ROOT,
      workFolder: work,
      choice,
      allowed: allowedCrates([]),
      limits: SMALL,
    })
    if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.fix}`)
    await mkdir(join(work, 'outside'), { recursive: true })
    await writeFile(join(work, 'outside/precious.txt'), 'precious')
    await writeFile(join(work, 'secret.txt'), 'open sesame')
    await writePages(pages, where)
    const before = await everything(folder)
    const read = await readGuide([pages], folder)
    const lock = await readFile(join(ROOT, 'Cargo.lock'), 'utf8')
    const { toolchain } = opened
    const report = await audit(read.pages, read.troubles, {
      toolchain,
      folder: work,
      lock,
      keep: null,
      cache: false,
    })
    const after = await everything(folder)
    const reported = Map.groupBy(report.blocks, ({ file }) => file.replace(/^.*\/(.*)\.md$/, '$1'))
    return {
      reported: new Map(
        [...reported].map(([guide, blocks]) => {
          const groups = report.groups.filter(({ name }) => blocks.some(({ group }) => group === name))
          const verdicts = blocks.map(({ verdict, reason }) => `${verdict}: ${reason}`).join('\n')
          return [guide, { verdicts, printed: groups.map(({ run }) => run?.stdout ?? '').join('') }]
        }),
      ),
      strewn: after.filter((path) => !before.includes(path)),
      precious: await readFile(join(work, 'outside/precious.txt'), 'utf8').catch(() => 'gone'),
      survivors: await survivorsOf(),
      calls,
      durationMs: report.durationMs,
    }
  } finally {
    delete process.env.COOKBOOK_SECRET
    home.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The guides as they are, or each with its program as its build script. */
async function writePages(folder: string, where: 'program' | 'build script'): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(GUIDES)) {
    const text = await readFile(join(GUIDES, name), 'utf8')
    if (where === 'program') await writeFile(join(folder, name), text)
    else if (text.includes('this is its program:'))
      await writeFile(join(folder, name), `${text.replace('### src/main.rs', '### build.rs')}${PROGRAM}`)
  }
}

const PROGRAM = [
  '',
  'And the program:',
  '',
  '### src/main.rs',
  '',
  '```rust',
  'fn main() {}',
  '```',
  '',
].join('\n')

/** By what stays-behind.md gives itself as its argument. */
async function survivorsOf(): Promise<string[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(
    processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  )
  return lines.filter((line) => line.includes('still-here-of-a-hostile-guide'))
}

/** All files but those that the audit keeps of the crates. */
async function everything(folder: string): Promise<string[]> {
  const paths = await readdir(folder, { recursive: true })
  return paths.filter(
    (path) => !/^work\/(?:seeds|groups)(?:\/|$)/.test(path) || /escaped|still-here/.test(path),
  )
}
