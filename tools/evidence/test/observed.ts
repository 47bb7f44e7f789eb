import type { Observed } from '../src/schema.ts'

/** What a harness saw of a pattern in which all is well, for tests that need the whole of it. */
export function observed(more: Partial<Observed> = {}): Observed {
  return {
    pattern: 'fetch',
    chapter: { file: 'patterns/fetch/README.md', title: 'Fetch' },
    toolchain: { kind: 'host', id: '0123456789abcdef', tools: [] },
    digest: '',
    turboHash: null,
    durationMs: 1,
    examples: [],
    claims: [],
    checks: [],
    commands: [],
    findings: [],
    ...more,
  }
}
