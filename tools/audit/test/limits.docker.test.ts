import { availableParallelism } from 'node:os'
import { expect, test } from 'vitest'
import { LIMITS } from '../src/sandbox/confine/limits.ts'
import { amountsIn, OF_EACH } from './amounts.ts'

/** A file of a control group, of either version of them. */
const group = (second: string, first: string) =>
  `cat /sys/fs/cgroup/${second} 2>/dev/null || cat /sys/fs/cgroup/${first}`

test('what a guide’s program may take is limited in Docker', async () => {
  const { quota, ...amounts } = await amountsIn('docker', {
    ...OF_EACH,
    memory: group('memory.max', 'memory/memory.limit_in_bytes'),
    processes: group('pids.max', 'pids/pids.max'),
    // Of processor time in a period of 100 ms.
    quota: `cut -d" " -f1 /sys/fs/cgroup/cpu.max 2>/dev/null || cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us`,
  })
  expect({ ...amounts, processors: Number(quota) / 100_000 }).toEqual({
    ...{ core: 0, files: 4096, blocks: LIMITS.fileBytes / 1024 },
    ...{ temporary: LIMITS.scratchBytes, shared: LIMITS.scratchBytes },
    ...{ memory: LIMITS.memoryBytes, processes: LIMITS.processes, processors: availableParallelism() },
  })
})
