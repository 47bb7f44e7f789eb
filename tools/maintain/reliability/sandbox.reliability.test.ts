import { beforeAll, describe, expect, test } from 'vitest'
import { auditEscapes, ESCAPES, type Tried } from '../../audit/test/escapes.ts'

// Whatever a page does: nothing outside is read, written or called, nothing stays, and honest sections keep their verdicts.
describe.each(['bubblewrap', 'docker'] as const)('in %s', (choice) => {
  let tried: Tried
  beforeAll(async () => {
    tried = await auditEscapes(choice, ESCAPES)
  })

  test.each(ESCAPES)('$name', ({ name, expected, printed }) => {
    const reported = tried.reported.get(name)
    expect(reported?.verdicts).toMatch(expected)
    if (printed !== null) expect(reported?.printed).toMatch(printed)
    expect(reported?.honest).toBe('runs: honest\n')
  })

  test('nothing gets out', () => {
    expect(tried.harm).toEqual([])
  })
})
