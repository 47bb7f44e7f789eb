import { expect, test } from 'vitest'
import { affectedPatterns } from './affected.ts'

type Item = [name: string, folder: string, reason: string, task?: string]

const answer = (...items: Item[]) =>
  JSON.stringify({
    data: {
      affectedTasks: {
        items: items.map(([name, folder, reason, task = 'verify']) => ({
          name: task,
          package: { name, path: `${folder}/${name}` },
          reason: { __typename: reason },
        })),
      },
    },
  })

test('the patterns whose verification is affected, each once', () => {
  const reported = answer(
    ['stream', 'patterns', 'TaskFileChanged'],
    ['oneshot', 'patterns', 'TaskDependencyTaskChanged'],
    ['stream', 'patterns', 'TaskFileChanged', 'transit'],
    ['@cookbook/harness', 'tools', 'TaskFileChanged'],
    ['whole-guide', '.', 'TaskDependencyTaskChanged'],
  )
  expect(affectedPatterns(reported)).toEqual(['oneshot', 'stream'])
})

test('what is listed because another one needs it is not affected', () => {
  const reported = answer(
    ['oneshot', 'patterns', 'TaskFileChanged'],
    ['stream', 'patterns', 'TaskAllChanged'],
    ['whole-guide', '.', 'TaskDependencyTaskChanged'],
  )
  expect(affectedPatterns(reported)).toEqual(['oneshot'])
})

test('where turbo gives no reason at all, everything is affected', () => {
  const reported = answer(['oneshot', 'patterns', 'TaskAllChanged'], ['stream', 'patterns', 'TaskAllChanged'])
  expect(affectedPatterns(reported)).toEqual(['oneshot', 'stream'])
})

test('nothing is affected where nothing is listed', () => {
  expect(affectedPatterns(answer())).toEqual([])
})

test.each(['--force', 'a b', '$(id)', '', 'a\nany=true'])('%j is refused as a name', (name) => {
  expect(() => affectedPatterns(answer([name, 'patterns', 'TaskFileChanged']))).toThrow('is not a name')
})

test('what is no answer is not taken for an empty one', () => {
  for (const text of ['', '{}', '{"data":null}', '{"errors":[]}'])
    expect(() => affectedPatterns(text)).toThrow()
})
