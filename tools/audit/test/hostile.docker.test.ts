import { execFileSync } from 'node:child_process'
import { beforeAll, expect, test } from 'vitest'
import { auditHostile, type Harm } from './hostile.ts'
import { AS_PROGRAM } from './hostile-expected.ts'

let harm: Harm

beforeAll(async () => {
  harm = await auditHostile('docker', 'program')
})

test.each(Object.entries(AS_PROGRAM))('%s', (guide, expected) => {
  expect(harm.reported.get(guide)?.verdicts).toMatch(expected.verdicts)
  expect(harm.reported.get(guide)?.printed).toMatch(expected.printed)
})

test('nothing is strewn about, taken away, reached or left running', () => {
  expect(harm).toMatchObject({ strewn: [], survivors: [], precious: 'precious', calls: 0 })
  const names = execFileSync('docker', ['ps', '--all', '--format', '{{.Names}}'], { encoding: 'utf8' })
  expect(names.split('\n').filter((name) => name.startsWith('cookbook-sandbox-'))).toEqual([])
})
