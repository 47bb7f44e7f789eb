import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'

/** The files of a crate of version 1.0.0, beside its manifest. */
type Files = Readonly<Record<string, string>>

/**
 * A registry on the loopback that holds these crates, each with a name of four letters, and below `folder` a cargo home
 * that has its crates from there.
 */
export async function serveRegistry(folder: string, crates: Readonly<Record<string, Files>>) {
  const packed = new Map(Object.entries(crates).map(([name, files]) => [name, pack(folder, name, files)]))
  const options: string[] = []
  const server = createServer(({ url, headers }, response) => {
    options.push(url!)
    const name = /^\/(?:(\w\w)\/(\w\w)\/)?(\w{4})(?:\.crate)?$/.exec(url!)?.[3] ?? ''
    const crate = packed.get(name)
    if (url === '/config.json') response.end(JSON.stringify({ dl: `http://${headers.host}/{crate}.crate` }))
    else if (crate === undefined) response.writeHead(404).end()
    else if (url!.endsWith('.crate')) response.end(crate)
    else response.end(`${JSON.stringify(entryOf(name, crate))}\n`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const cargoHome = join(folder, 'cargo')
  mkdirSync(cargoHome)
  writeFileSync(
    join(cargoHome, 'config.toml'),
    `[source.crates-io]\nreplace-with = "near"\n[source.near]\nregistry = "sparse+http://127.0.0.1:${port}/"\n`,
  )
  return { cargoHome, options, close: () => server.close() }
}

function pack(folder: string, name: string, files: Files): Buffer {
  const place = `${name}-1.0.0`
  const manifest = `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n`
  for (const [path, text] of Object.entries({ 'Cargo.toml': manifest, ...files })) {
    mkdirSync(dirname(join(folder, place, path)), { recursive: true })
    writeFileSync(join(folder, place, path), text)
  }
  execFileSync('tar', ['--create', '--gzip', '--file', `${name}.crate`, place], { cwd: folder })
  return readFileSync(join(folder, `${name}.crate`))
}

const entryOf = (name: string, crate: Buffer) => ({
  ...{ name, vers: '1.0.0', deps: [], features: {}, yanked: false },
  cksum: createHash('sha256').update(crate).digest('hex'),
})
