import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Command, Outcome } from '../process/command.ts'
import { NEEDS } from './needs.ts'
import { askNeed, findCxx, identify, probe } from './probe.ts'

const SAYS: Record<string, string> = {
  rustc:
    'rustc 1.95.0 (59807616e 2026-04-14)\nbinary: rustc\nhost: x86_64-unknown-linux-gnu\nrelease: 1.95.0\n',
  cargo: 'cargo 1.95.0 (f2d3ce0bd 2026-03-21)\n',
  'g++': 'g++ (Debian 12.2.0-14+deb12u1) 12.2.0\nCopyright (C) 2022 Free Software Foundation, Inc.\n',
  'clang++': 'Debian clang version 19.1.7 (3+b1)\nTarget: x86_64-pc-linux-gnu\n',
  cc: 'cc (Ubuntu 13.3.0-6ubuntu2~24.04) 13.3.0\n',
  make: 'GNU Make 4.3\nBuilt for x86_64-pc-linux-gnu\n',
  cmake: 'cmake version 3.25.1\n\nCMake suite maintained and supported by Kitware (kitware.com/cmake).\n',
  valgrind: 'valgrind-3.19.0\n',
  sh: '"1_74"\n',
  'pkg-config': '0.9.2\n',
}

function machine(says: Record<string, string>) {
  return async ({ program }: Command): Promise<Outcome> => {
    const printed = { stderr: '', truncated: false, durationMs: 1 }
    const stdout = says[program]
    if (stdout === undefined) return { ...printed, kind: 'missing', program, stdout: '' }
    return { ...printed, kind: 'exited', code: 0, stdout }
  }
}

const probeAll = async (says: Record<string, string>, cxx = 'g++') => [
  ...(await probe(machine(says), '/', cxx)),
  ...(await Promise.all(NEEDS.map((need) => askNeed(machine(says), '/', cxx, need)))),
]
const versions = async (says: Record<string, string>, cxx = 'g++') =>
  Object.fromEntries((await probeAll(says, cxx)).map(({ name, version }) => [name, version]))

test('each tool says its version in its own way', async () => {
  expect(await versions(SAYS)).toEqual({
    rustc: '1.95.0',
    cargo: '1.95.0',
    'g++': '12.2.0',
    cc: '13.3.0',
    make: '4.3',
    cmake: '3.25.1',
    valgrind: '3.19.0',
    boost: '1.74',
    kj: '0.9.2',
    libcurl: '0.9.2',
  })
})

test.for([
  ['g++-14', 'g++-14 (Debian 14.2.0-19) 14.2.0', 'g++', '14.2.0'],
  ['g++', 'g++ (crosstool-NG 1.26.0) 13.2.0', 'g++', '13.2.0'],
  ['c++', 'c++ (GCC) 13.2.1 20240316 (Red Hat 13.2.1-7)', 'g++', '13.2.1'],
  ['clang++-19', 'Debian clang version 19.1.7 (3+b1)\nTarget: x86_64', 'clang++', '19.1.7'],
  ['clang++', 'Ubuntu clang version 18.1.3 (1ubuntu1)', 'clang++', '18.1.3'],
  [
    'clang++',
    'Apple clang version 15.0.0 (clang-1500.3.9.4)\nTarget: arm64-apple-darwin',
    'clang++',
    '15.0.0',
  ],
  ['clang++', 'clang version 20.1.0rc2', 'clang++', '20.1.0'],
  ['g++', 'clang version 17.0.6', 'clang++', '17.0.6'],
])('%s that says "%s"', async ([program, says, name, version]) => {
  const tools = await probe(machine({ ...SAYS, [program!]: says! }), '/', program!)
  expect(tools[2]).toMatchObject({ name, program, version, output: says })
})

test('a tool that is missing, fails or prints no number has no version', async () => {
  expect((await versions({ ...SAYS, valgrind: 'valgrind' })).valgrind).toBeNull()
  const { valgrind: _, ...without } = SAYS
  expect((await versions(without)).valgrind).toBeNull()
  const failing = async (command: Command): Promise<Outcome> =>
    command.program === 'cargo'
      ? { kind: 'exited', code: 1, stdout: 'cargo 1.95.0', stderr: '', truncated: false, durationMs: 1 }
      : machine(SAYS)(command)
  expect((await probe(failing, '/', 'g++'))[1]).toMatchObject({ name: 'cargo', version: null, output: '' })
})

test('the C++ compiler is the chosen one, else g++, else clang++', ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'compilers-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const install = (program: string) => writeFileSync(join(folder, program), '', { mode: 0o755 })
  expect(findCxx(folder, '/', undefined)).toBe('g++')
  install('clang++')
  expect(findCxx(folder, '/', undefined)).toBe('clang++')
  install('g++')
  expect(findCxx(folder, '/', '')).toBe('g++')
  expect(findCxx(folder, '/', 'clang++-19')).toBe('clang++-19')
})

test('the id changes with the kind and with every word of every tool, and with nothing else', async () => {
  const tools = await probeAll(SAYS)
  const id = identify('host', tools)
  expect(id).toMatch(/^[0-9a-f]{16}$/)
  expect(identify('host', await probeAll(SAYS))).toBe(id)
  const others = [identify('docker', tools)]
  for (const name of Object.keys(SAYS).filter((name) => name !== 'clang++')) {
    // The same version from another build is another compiler.
    const says = { ...SAYS, [name]: `${SAYS[name]}built on another day` }
    others.push(identify('host', await probeAll(says)))
    others.push(identify('host', await probeAll({ ...SAYS, [name]: '' })))
  }
  others.push(identify('host', await probeAll({ ...SAYS, 'g++-12': SAYS['g++']! }, 'g++-12')))
  expect(new Set([id, ...others]).size).toBe(others.length + 1)
})
