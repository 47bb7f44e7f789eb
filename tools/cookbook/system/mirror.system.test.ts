import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { audit } from '../src/audit.ts'

const ROOT = join(import.meta.dirname, '../../..')
const folder = mkdtempSync(join(tmpdir(), 'cookbook-mirror-'))
let server: Server

/** A registry of one crate, which no other registry has in this version, and a cargo that has its crates from there. */
beforeAll(async () => {
  const crate = join(folder, 'wool-1.0.0')
  mkdirSync(join(crate, 'src'), { recursive: true })
  writeFileSync(join(crate, 'Cargo.toml'), '[package]\nname = "wool"\nversion = "1.0.0"\nedition = "2021"\n')
  writeFileSync(join(crate, 'src/lib.rs'), 'pub const BAGS: u32 = 3;\n')
  execFileSync('tar', ['--create', '--gzip', '--file', 'wool.crate', 'wool-1.0.0'], { cwd: folder })
  const packed = readFileSync(join(folder, 'wool.crate'))
  const cksum = createHash('sha256').update(packed).digest('hex')
  const entry = { name: 'wool', vers: '1.0.0', deps: [], features: {}, cksum, yanked: false }
  server = createServer(({ url, headers }, response) => {
    if (url === '/config.json') response.end(JSON.stringify({ dl: `http://${headers.host}/{crate}.crate` }))
    else if (url === '/wo/ol/wool') response.end(`${JSON.stringify(entry)}\n`)
    else if (url === '/wool.crate') response.end(packed)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const cargoHome = join(folder, 'cargo')
  mkdirSync(cargoHome)
  writeFileSync(
    join(cargoHome, 'config.toml'),
    `[source.crates-io]\nreplace-with = "near"\n[source.near]\nregistry = "sparse+http://127.0.0.1:${port}/"\n`,
  )
  vi.stubEnv('CARGO_HOME', cargoHome)
  vi.stubEnv('NO_PROXY', '127.0.0.1')
})

afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const GUIDE = `# Wool

\`Cargo.toml\`:

\`\`\`toml
[package]
name = "shop"
version = "0.1.0"
edition = "2021"

[dependencies]
wool = "1"
\`\`\`

\`src/main.rs\`:

\`\`\`rust
fn main() {
    println!("{} bags", wool::BAGS);
}
\`\`\`
`

test("a guide's crates come from the mirror that the caller's cargo names, and are found in the sandbox", async () => {
  const page = join(folder, 'wool.md')
  const report = join(folder, 'audit.json')
  writeFileSync(page, GUIDE)
  const options = ['--sandbox=bubblewrap', '--allow-crate=wool', `--work-folder=${join(folder, 'work')}`]
  await audit(ROOT, [...options, '--no-cache', '--fail-on=never', `--format=json=${report}`, page])
  const { blocks, groups } = JSON.parse(readFileSync(report, 'utf8'))
  expect(blocks.map(({ verdict, reason }: { verdict: string; reason: string }) => [verdict, reason])).toEqual(
    [
      ['runs', 'it builds as it is, and its program runs'],
      ['runs', 'it builds as it is, and its program runs'],
    ],
  )
  expect(groups[0].run.stdout).toBe('3 bags\n')
})
