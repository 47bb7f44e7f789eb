import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { evidenceKey, evidenceKeyId } from './evidence-key.ts'

function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'evidence-key-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a user has one key, which nobody else can read', () => {
  const HOME = home()
  const key = evidenceKey({ HOME })
  expect(key).toHaveLength(32)
  expect(evidenceKey({ HOME })).toEqual(key)
  expect(statSync(join(HOME, '.local/state/cxx-async-cookbook/evidence-key')).mode & 0o777).toBe(0o600)
  expect(evidenceKey({ HOME: home() })).not.toEqual(key)
})

test('a team has the key that signs its cache, unless turbo would refuse it', () => {
  const HOME = home()
  const team = 'wool'.repeat(8)
  expect(evidenceKey({ HOME, TURBO_REMOTE_CACHE_SIGNATURE_KEY: team }).toString()).toBe(team)
  expect(evidenceKey({ HOME, TURBO_REMOTE_CACHE_SIGNATURE_KEY: 'wool' })).toEqual(evidenceKey({ HOME }))
  const pipeline = 'goat'.repeat(8)
  const both = { TURBO_REMOTE_CACHE_SIGNATURE_KEY: team, COOKBOOK_EVIDENCE_KEY: pipeline }
  expect(evidenceKey({ HOME, ...both }).toString()).toBe(pipeline)
})

test('the id of a key is not the key, and each has its own', () => {
  const env = { HOME: home() }
  expect(evidenceKeyId(env)).toMatch(/^[0-9a-f]{16}$/)
  expect(evidenceKey(env).toString('hex')).not.toContain(evidenceKeyId(env))
  expect(evidenceKeyId({ HOME: home() })).not.toBe(evidenceKeyId(env))
})

test('a folder that others may enter holds no key', () => {
  const HOME = home()
  const folder = join(HOME, '.local/state/cxx-async-cookbook')
  mkdirSync(folder, { recursive: true })
  chmodSync(folder, 0o755)
  expect(() => evidenceKey({ HOME })).toThrow('is open to other users')
})
