import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openSandbox } from '../src/index.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** The quota of processor time in a period of 100 ms, by either version of control groups. */
const QUOTA = 'cut -d" " -f1 /sys/fs/cgroup/cpu.max 2>/dev/null || cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us'

test('what a guide’s program may take is limited in Docker', async () => {
  const workFolder = await mkdtemp(join(tmpdir(), 'cookbook-limits-'))
  const opened = await openSandbox({ root: ROOT, workFolder, choice: 'docker', allowed: new Set() })
  if (opened.kind === 'unavailable') throw new Error(`${opened.problem}; ${opened.remedy}`)
  const { stdout, stderr } = await opened.toolchain.run({
    program: 'bash',
    args: ['-c', `ulimit -c; ulimit -n; ulimit -f; ${QUOTA}`],
    cwd: join(opened.folder, 'groups/one'),
    timeoutMs: 30_000,
  })
  await rm(workFolder, { recursive: true })
  const [core, files, blocks, quota] = stdout.trim().split('\n').map(Number)
  expect({ core, files, bytes: blocks! * 1024, processors: quota! / 100_000 }, stderr).toEqual({
    ...{ core: 0, files: 4096, bytes: 2 ** 30, processors: availableParallelism() },
  })
})
