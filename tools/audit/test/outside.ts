import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { lstat, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where a hostile guide calls home. */
const HOME_PORT = 47822
/** By which a hostile guide names what it leaves outside, and what it leaves running. */
const ESCAPED = 'escaped-of-a-hostile-guide'
const STAYED = 'still-here-of-a-hostile-guide'

/**
 * Watches all that lies outside of the rooms of an audit's `work` folder: what is created, changed, taken away or read
 * below `folder`, what a guide leaves anywhere on this machine, what it leaves running, and who it calls.
 */
export async function watchOutside(folder: string, work: string, root: string) {
  const canaries = [join(work, 'secret.txt'), join(work, 'outside/precious.txt'), join(folder, 'secret.txt')]
  await mkdir(join(work, 'outside'))
  for (const path of canaries) {
    await writeFile(path, '#define SECRET "open sesame"\n')
    // The next to read it gives it a new time: the kernel does where the last reading was before the last writing.
    await utimes(path, new Date(0), new Date())
  }
  const calls: string[] = []
  const servers = ['127.0.0.1', '::1'].map((host) =>
    createServer((socket) => {
      calls.push(`called ${host}`)
      socket.destroy()
    }).listen(HOME_PORT, host),
  )
  await Promise.all(servers.map((server) => once(server, 'listening')))
  process.env.COOKBOOK_SECRET = 'open sesame'
  const places = [tmpdir(), '/var/tmp', '/dev/shm', homedir(), root].filter((place) => existsSync(place))
  // What others remove meanwhile, or keep to themselves, is no place that a guide could have written to.
  const escaped = () =>
    spawnSync('find', [...places, '-xdev', '-maxdepth', '5', '-name', `*${ESCAPED}*`], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter((line) => line !== '')
  const earlier = escaped()
  if (earlier.length > 0) throw new Error(`an earlier guide left ${earlier.join(', ')}: remove it`)
  const before = await everything(folder)

  const harm = async () => {
    const read = await Promise.all(
      canaries.map(async (path) => ((await stat(path)).atimeMs === 0 ? [] : [`read ${path}`])),
    )
    const after = await everything(folder)
    const changed = [...after].flatMap(([path, what]) =>
      before.has(path) ? (before.get(path) === what ? [] : [`changed ${path}`]) : [`created ${path}`],
    )
    const gone = [...before.keys()].flatMap((path) => (after.has(path) ? [] : [`took away ${path}`]))
    return [...read.flat(), ...changed, ...gone, ...escaped(), ...running(work), ...calls]
  }
  const close = () => {
    delete process.env.COOKBOOK_SECRET
    for (const server of servers) server.close()
  }
  return { harm, close }
}

/** What may be there when an audit is over: the crates that it built, and the packages that it kept. */
const OWN =
  /^(?:work\/(?:seeds(?:\/.*)?|groups)|keep|keep\/packages|keep\/packages\/(?:all|seen)-\d+(?:-[a-z0-9]+)*(?:\/.*)?)$/

async function everything(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true })
  const found = await Promise.all(
    entries
      .filter((path) => !OWN.test(path))
      .map(async (path): Promise<[string, string]> => {
        const own = join(folder, path)
        const { mode, size, uid } = await lstat(own)
        // The canaries are read only here, and after it was asked whether somebody had.
        const text = path.endsWith('.txt') ? '' : (await lstat(own)).isFile() ? await readFile(own) : ''
        return [path, JSON.stringify([mode, uid, size, createHash('sha256').update(text).digest('hex')])]
      }),
  )
  return new Map(found)
}

/** Processes that a guide left: by what they say of themselves, or by where they are. */
function running(work: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      const at = readlinkSync(`/proc/${pid}/cwd`)
      return line.includes(STAYED) || at.startsWith(work) ? [`${pid} still runs: ${line.slice(0, 200)}`] : []
    } catch {
      // It is gone, or belongs to somebody else.
      return []
    }
  })
}
