import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { baseImage } from './image-tag.ts'
import { projectOf } from './project.ts'

const OURS = join(import.meta.dirname, '../../../../../docker')
const caller = { uid: 1000, gid: 100 }
let parent: string
let root: string

beforeEach(() => {
  parent = realpathSync(mkdtempSync(join(tmpdir(), 'project ')))
  root = join(parent, 'checkout')
  mkdirSync(root)
  cpSync(OURS, join(root, 'docker'), { recursive: true })
  vi.stubEnv('CARGO_HOME', join(parent, 'cargo'))
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(parent, { recursive: true })
})

test.each([
  ['Dockerfile', true, true],
  ['supervise.cc', true, true],
  ['compose.yaml', false, true],
  ['base-image.sh', false, false],
])('a change of %s: another image %s, another configuration %s', (file, image, configuration) => {
  const before = projectOf(root, caller)
  appendFileSync(join(root, 'docker', file), '# changed\n')
  const after = projectOf(root, caller)
  expect(after.name).toBe(before.name)
  expect(after.image !== before.image).toBe(image)
  expect(after.configuration !== before.configuration).toBe(configuration)
})

test('a checkout has one container for each user, and each of its paths is the same checkout', () => {
  const ours = projectOf(root, caller)
  symlinkSync(root, join(parent, 'link'))
  expect(projectOf(join(parent, 'link'), caller)).toEqual(ours)
  expect(projectOf(root, { uid: 1001, gid: 100 }).name).not.toBe(ours.name)
})

test("a guide elsewhere is verified in the tools' own image", () => {
  const ours = projectOf(root, caller)
  rmSync(join(root, 'docker/supervise.cc'))
  const theirs = projectOf(root, caller)
  expect(theirs).toMatchObject({ root, name: ours.name, image: ours.image, folder: realpathSync(OURS) })
})

test('a cargo registry that is elsewhere is another configuration, and one that is not there is made', () => {
  const before = projectOf(root, caller)
  vi.stubEnv('CARGO_HOME', join(parent, 'another'))
  const after = projectOf(root, caller)
  expect(after.configuration).not.toBe(before.configuration)
  expect(realpathSync(after.variables.COOKBOOK_REGISTRY!)).toBe(join(parent, 'another/registry'))
})

test('every variable that compose.yaml reads is set, and no other', () => {
  const read = readFileSync(join(OURS, 'compose.yaml'), 'utf8').matchAll(/\$\{(\w+)\}/g)
  const names = new Set([...read].map(([, name]) => name!))
  expect(Object.keys(projectOf(root, caller).variables).sort()).toEqual([...names].sort())
})

test('the base is the image that the Dockerfile begins with', () => {
  expect(baseImage(OURS)).toBe('debian:trixie-slim')
})
