/**
 * Runs the program of the http-client with a libcurl that has no TLS, where libcurl refuses what it takes elsewhere.
 * Exit code 1 when it does not print what the chapter shows.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
const EXPECTED = 'patterns/http-client/expected/http-client.txt'
const LIMIT_MS = 10 * 60_000

const program = ['--package', 'async-http-client', '--no-default-features', '--features', 'bundled-curl']
const args = ['run', '--quiet', '--locked', ...program]
const { status, signal, stdout } = spawnSync('cargo', [...args, '--target-dir', 'target/clippy'], {
  ...{ cwd: ROOT, encoding: 'utf8', timeout: LIMIT_MS },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const expected = readFileSync(join(ROOT, EXPECTED), 'utf8')
if (status !== 0 || stdout !== expected) {
  console.error(`patterns/http-client without its feature tls: ended with ${signal ?? `exit code ${status}`}`)
  console.error(`and printed\n${stdout}expected (${EXPECTED})\n${expected}see it: cargo ${args.join(' ')}`)
  process.exitCode = 1
}
