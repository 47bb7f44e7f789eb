import { expect, test } from 'vitest'
import { LIMITS } from '../../audit/src/sandbox/confine/limits.ts'
import { amountsIn, OF_EACH } from '../../audit/test/amounts.ts'

test('what a guide’s program may take is limited in bubblewrap', async () => {
  // Of memory and of the disk there is no such amount: a watch ends who takes too much.
  expect(
    await amountsIn('bubblewrap', { ...OF_EACH, processes: 'ulimit -Hu', locked: 'ulimit -Hl' }),
  ).toEqual({
    ...{ core: 0, files: 4096, blocks: LIMITS.fileBytes / 1024 },
    ...{ temporary: LIMITS.scratchBytes, shared: LIMITS.scratchBytes },
    ...{ processes: LIMITS.processes, locked: 0 },
  })
})
