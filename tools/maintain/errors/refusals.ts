import type { Reason, Refused } from '@cookbook/cli/command-line'
import { slugProblem, titleProblem } from '@cookbook/cli/init/names'
import type { Shortfall } from '@cookbook/toolchain'
import * as docker from '../../toolchain/src/docker/engine/messages.ts'
import * as toolchain from '../../toolchain/src/probe/messages.ts'
import * as coverage from '../coverage/refusals.ts'
import * as matrix from '../matrix/refusals.ts'
import { strangeCell } from '../matrix/results.ts'

const OLD: Shortfall = {
  tool: { name: 'rustc', program: 'rustc', version: '1.85.0', output: '' },
  floor: '1.88.0',
  needed: true,
  install: 'rustup update',
}
const IMAGE = 'cookbook-toolchain:3f2a9c1e'

/** Every way in which there is no toolchain, by the function that says so. */
export const noToolchain: Readonly<Record<string, Reason>> = {
  shortfallLines: toolchain.shortfallLines([OLD]),
  noToolchain: toolchain.noToolchain(toolchain.shortfallLines([OLD]), docker.noClient()),
  readOnly: toolchain.readOnly('.'),
  notOurs: toolchain.notOurs('target', 0, 1000),
  unknownChoice: toolchain.unknownChoice('podman'),
  noReader: toolchain.noReader('there is no gcov of g++ 14', 'apt-get install gcc-14'),
  noClient: docker.noClient(),
  notAllowed: docker.notAllowed(),
  noEngine: docker.noEngine('cannot connect to its socket'),
  noBase: docker.noBase('debian:trixie-slim', 'no route to the registry', 'mmdebstrap was not found'),
  noImage: docker.noImage(IMAGE, 'apt-get ended with exit code 100', ['E: no space left on device']),
  tooOld: docker.tooOld(IMAGE, [OLD]),
  noCompose: docker.noCompose(),
  notUp: docker.notUp('port is already allocated'),
  noAnswer: docker.noAnswer('cookbook-toolchain-1', 'no such container', 'toolchain  exited (137)'),
}

/** The functions of the two modules that say why there is no toolchain. */
export const messages = Object.entries({ ...toolchain, ...docker }).flatMap(([name, value]) =>
  typeof value === 'function' && !['introduce', 'lost'].includes(name) ? [name] : [],
)

const CELL = 'host/g++-12/c++20/stable/debug/plain'

/** Every way in which `npm run matrix` and `npm run coverage` do not begin, by the function that says so. */
export const badUsage: Readonly<Record<string, Refused>> = {
  unreadable: matrix.unreadable('parts/a/matrix.json', 'ENOENT: no such file or directory'),
  noResults: matrix.noResults('docs/matrix.json', strangeCell(CELL)),
  onlyOnHost: coverage.onlyOnHost('docker'),
}

/** The functions of the two modules that say so. */
export const usageMessages = Object.keys({ ...matrix, ...coverage })

const TAKEN = new Map([['oneshot', 'patterns/oneshot']])
const SLUGS = ['', '../rate', 'Rate', 'rate_limit', '3d', 'rate limit', 'rate--limit', 'r'.repeat(41)]
const MEANT = ['loop', 'namespace', 'core', 'rust', 'oneshot']
const TITLES = ['', 'One\ntwo', 't'.repeat(81), 'a | b']

/** What `npm run new` says to a name or a title that a pattern cannot have. */
export const badNames: readonly string[] = [
  ...[...SLUGS, ...MEANT].map((slug) => slugProblem(slug, TAKEN)),
  ...TITLES.map(titleProblem),
].filter((said) => said !== null)
