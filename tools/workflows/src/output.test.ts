import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { setOutput } from './output.ts'

test('outputs are lines of the file that the runner names, and one cannot pass for two', () => {
  const folder = mkdtempSync(join(tmpdir(), 'output-'))
  const file = join(folder, 'output')
  vi.stubEnv('GITHUB_OUTPUT', file)
  try {
    setOutput('shards', '[]')
    setOutput('any', 'false')
    expect(readFileSync(file, 'utf8')).toBe('shards=[]\nany=false\n')
    for (const value of ['false\nany=true', 'false\rany=true'])
      expect(() => setOutput('any', value)).toThrow('line break')
  } finally {
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true })
  }
})
