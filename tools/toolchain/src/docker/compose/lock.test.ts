import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { alone } from './lock.ts'

test('work under one name is done by one at a time, whatever becomes of it', async () => {
  const name = randomUUID()
  let inside = 0
  const seen: number[] = []
  const work = async () => {
    seen.push(++inside)
    await sleep(20)
    inside--
    if (seen.length === 2) throw new Error('the second fails')
  }
  const ends = await Promise.allSettled(Array.from({ length: 5 }, () => alone(name, work)))
  expect(seen).toEqual([1, 1, 1, 1, 1])
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1)
})

test('a holder that is killed gives the lock up, and who waits is told once', async () => {
  const name = randomUUID()
  const source = `const { alone } = await import(${JSON.stringify(import.meta.resolve('./lock.ts'))})
    await alone(${JSON.stringify(name)}, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1e3)) })`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void holder.kill('SIGKILL'))
  await once(holder.stdout!, 'data')
  let reported = 0
  let done = false
  const waiting = alone(
    name,
    async () => {
      done = true
    },
    { waiting: () => reported++ },
  )
  await sleep(150)
  expect({ done, reported }).toEqual({ done: false, reported: 1 })
  holder.kill('SIGKILL')
  await waiting
  expect({ done, reported }).toEqual({ done: true, reported: 1 })
})

test('nobody waits longer than the limit', async () => {
  const name = randomUUID()
  await alone(name, async () => {
    const started = performance.now()
    expect(await alone(name, async () => 'anyway', { limitMs: 100 })).toBe('anyway')
    expect(performance.now() - started).toBeGreaterThan(90)
  })
})
