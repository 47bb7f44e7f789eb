import { execFileSync } from 'node:child_process'
import { cpSync, readFileSync, renameSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { dockerCheckout } from '../../test/docker-checkout.ts'
import { closeDocker, openDocker } from './docker.ts'

const { user, parent, root, container, own, open, run, shell, processes, untilNoneIsLeft } = dockerCheckout()

test('the toolchain says what its tools are, the same at each opening', async () => {
  const toolchain = await open()
  expect(toolchain.kind).toBe('docker')
  expect(toolchain.id).toMatch(/^[0-9a-f]{16}$/)
  expect(toolchain.tools.filter(({ version }) => version === null)).toEqual([])
  const again = await open()
  expect({ id: again.id, tools: again.tools }).toEqual({ id: toolchain.id, tools: toolchain.tools })
})

test('a container that is removed while a command runs is reported, and the next opening brings it up', async () => {
  const lost = shell('echo begun; sleep 310')
  await expect.poll(processes).not.toEqual([])
  execFileSync('docker', ['rm', '-f', container])
  const outcome = await lost
  expect(outcome).toMatchObject({ kind: 'lost', container })
  expect(outcome.stderr).toContain('run it again')
  await open()
  expect(await run('true', [])).toMatchObject({ kind: 'exited', code: 0 })
})

test('a connection to the engine that breaks while a command runs is reported, and the command ends', async () => {
  const engine = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '')
  const sockets: Socket[] = []
  const between = createServer({ allowHalfOpen: true }, (client) => {
    const server = connect({ path: engine, allowHalfOpen: true })
    sockets.push(client, server)
    for (const socket of [client, server]) socket.on('error', () => {})
    client.pipe(server).pipe(client)
  }).listen(join(parent, 'engine.sock'))
  vi.stubEnv('DOCKER_HOST', `unix://${join(parent, 'engine.sock')}`)
  const lost = shell('echo begun; sleep 311')
  await expect.poll(() => sockets.length > 0).toBe(true)
  vi.unstubAllEnvs()
  await expect.poll(processes).not.toEqual([])
  for (const socket of sockets) socket.destroy()
  between.close()
  expect(await lost).toMatchObject({ kind: 'lost', container })
  await untilNoneIsLeft()
})

test('several that open at once while nothing is up all get the one container', async () => {
  expect(await closeDocker(root, user)).toEqual({ kind: 'closed' })
  const opened = await Promise.all([open(), open(), open()])
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1)
  const runs = await Promise.all(
    opened.map((one) => one.run({ program: 'hostname', args: [], cwd: '/', timeoutMs: 9_000 })),
  )
  expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1)
})

test('a container of another configuration is replaced', async () => {
  const before = await run('hostname', [])
  execFileSync('sh', ['-c', 'echo "# changed" >>docker/compose.yaml'], { cwd: root })
  await open()
  expect((await run('hostname', [])).stdout).not.toBe(before.stdout)
})

test('a checkout that was removed and made again in its place is the one that commands see', async () => {
  renameSync(root, join(parent, 'removed'))
  cpSync(join(parent, 'removed'), root, { recursive: true })
  own(root)
  await open()
  expect(await shell('echo again >seen')).toMatchObject({ kind: 'exited', code: 0 })
  expect(readFileSync(join(root, 'seen'), 'utf8')).toBe('again\n')
})

test('a container that was stopped is started', async () => {
  execFileSync('docker', ['stop', container])
  await open()
  expect(await run('true', [])).toMatchObject({ kind: 'exited', code: 0 })
})

test('without an engine, or without the client, opening says what is wrong and what to do', async () => {
  vi.stubEnv('DOCKER_HOST', 'unix:///nowhere/docker.sock')
  expect(await openDocker(root, { user })).toMatchObject({
    kind: 'unavailable',
    problem: expect.stringMatching(/engine does not answer/),
  })
  vi.stubEnv('DOCKER_HOST', undefined)
  vi.stubEnv('PATH', '/nowhere')
  expect(await openDocker(root, { user })).toMatchObject({
    kind: 'unavailable',
    fix: expect.stringMatching(/docker\.io/),
  })
})
