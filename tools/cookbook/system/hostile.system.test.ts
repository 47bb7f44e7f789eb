import { beforeAll, describe, expect, test } from 'vitest'
import { auditHostile, type Harm } from '../../audit/test/hostile.ts'
import { AS_BUILD_SCRIPT, AS_PROGRAM } from '../../audit/test/hostile-expected.ts'

// No harm is done, the audit ends within its limits, and the report says what happened.
describe('a hostile program in bubblewrap', () => {
  let harm: Harm
  beforeAll(async () => {
    harm = await auditHostile('bubblewrap', 'program')
  })

  test.each(Object.entries(AS_PROGRAM))('%s', (guide, expected) => {
    expect(harm.told.get(guide)?.verdicts).toMatch(expected.verdicts)
    expect(harm.told.get(guide)?.printed).toMatch(expected.printed)
  })

  test('every guide is expected to do something', () => {
    expect(Object.keys(AS_PROGRAM).sort()).toEqual([...harm.told.keys()].sort())
  })

  test('nothing is strewn about, taken away, reached or left running', () => {
    expect(harm).toMatchObject({ strewn: [], survivors: [], precious: 'precious', calls: 0 })
    expect(harm.durationMs).toBeLessThan(120_000)
  })
})

describe('a hostile build script in bubblewrap', () => {
  let harm: Harm
  beforeAll(async () => {
    harm = await auditHostile('bubblewrap', 'build script')
  })

  test.each(Object.entries(AS_BUILD_SCRIPT))('%s', (guide, verdicts) => {
    expect(harm.told.get(guide)?.verdicts).toMatch(verdicts)
  })

  test('every guide is expected to do something', () => {
    expect(Object.keys(AS_BUILD_SCRIPT).sort()).toEqual([...harm.told.keys()].sort())
  })

  test('nothing is strewn about, taken away, reached or left running', () => {
    expect(harm).toMatchObject({ strewn: [], survivors: [], precious: 'precious', calls: 0 })
    expect(harm.durationMs).toBeLessThan(120_000)
  })
})
