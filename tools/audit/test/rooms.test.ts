import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '../src')

/** The rooms that each room's sources import from, tests aside. */
function imports(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  for (const path of paths.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))) {
    const room = roomOf(path)
    const others = found.get(room) ?? new Set()
    found.set(room, others)
    const text = readFileSync(join(SRC, path), 'utf8')
    for (const [, name] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      const other = roomOf(relative(SRC, join(SRC, dirname(path), name!)))
      if (other !== room) others.add(other)
    }
  }
  return found
}

/** The first folder of a path; what lies in none is its own room, but for the kinds of results, which all know. */
const roomOf = (path: string): string => (path.includes('/') ? path.split('/')[0]! : path)

test('the rooms of the audit import one way', () => {
  const left = imports()
  for (;;) {
    const free = [...left].filter(([, others]) => [...others].every((other) => !left.has(other)))
    if (free.length === 0) break
    for (const [room] of free) left.delete(room)
  }
  expect([...left].map(([room, others]) => `${room} -> ${[...others].sort().join(', ')}`)).toEqual([])
})
