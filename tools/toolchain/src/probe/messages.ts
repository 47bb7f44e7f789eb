import type { Shortfall } from './shortfalls.ts'
import type { Toolchain } from './toolchain.ts'

/** All that this package says to people. */

export function shortfallLines(lacking: readonly Shortfall[]): { problem: string; fix: string } {
  const found = lacking.map(({ tool, floor }) => {
    const wanted = floor === null ? '' : `, ${floor} or newer is needed`
    return tool.version === null
      ? `${tool.program} was not found${wanted}`
      : `${tool.program} is ${tool.version}${wanted}`
  })
  const installs = [...new Set(lacking.map(({ install }) => install))]
  return { problem: found.join('; '), fix: `install: ${installs.join('; ')}` }
}

export function noToolchain(
  host: { problem: string; fix: string },
  docker: { problem: string; fix: string },
) {
  return {
    problem: `neither the host nor Docker can build the guide. Host: ${host.problem}. Docker: ${docker.problem}`,
    fix: `either ${host.fix}; or ${docker.fix}`,
  }
}

export function unknownChoice(found: string) {
  return {
    problem: `TOOLCHAIN is "${found}", expected auto, host or docker`,
    fix: 'set TOOLCHAIN=host, TOOLCHAIN=docker or leave it unset',
  }
}

const shown = (path: string) => (path === '.' ? 'the checkout' : path)

export function readOnly(path: string) {
  return {
    problem: `${shown(path)} lies on a file system that is mounted read-only, expected one that can be written`,
    fix: 'verify a clone or a copy elsewhere, or mount it for writing',
  }
}

export function notOurs(path: string, owner: number, caller: number) {
  return {
    problem: `${shown(path)} belongs to user ${owner}, and user ${caller}, who asks, may not write to it`,
    fix: 'verify a clone of your own, or make all of this one yours: sudo chown -R "$USER" .',
  }
}

export function noReader(problem: string, fix: string) {
  return { problem: `what ran cannot be read: ${problem}`, fix }
}

/** One line: `host: rustc 1.95.0, g++ 12.2.0 (3f2a9c1e)`. */
export function introduce(toolchain: Pick<Toolchain, 'kind' | 'id' | 'tools'>): string {
  const shown = toolchain.tools.filter(({ name }) => name === 'rustc' || name === 'g++' || name === 'clang++')
  const said = shown.map(({ program, version }) => `${program} ${version}`).join(', ')
  return `${toolchain.kind}: ${said} (${toolchain.id.slice(0, 8)})`
}
