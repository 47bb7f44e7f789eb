import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../../..')
/** Nothing of a machine belongs to it. */
const SOMEBODY = 64_047

/**
 * Runs `cookbook` as a user that is not root. Called by root it becomes one, who sees this repository and the
 * compilers below `folder`, since root's own home is closed to it; any other caller is one already.
 */
export function runUnprivileged(folder: string, args: readonly string[]) {
  const uid = process.getuid!()
  if (uid !== 0)
    return { uid, ...start(process.execPath, [join(ROOT, 'tools/cli/src/main.ts'), ...args], {}) }
  const shown = {
    repository: ROOT,
    rustup: process.env.RUSTUP_HOME || join(homedir(), '.rustup'),
    programs: join(process.env.CARGO_HOME || join(homedir(), '.cargo'), 'bin'),
  }
  const places = Object.entries(shown).filter(([, source]) => existsSync(source))
  for (const [name] of places) mkdirSync(join(folder, name), { recursive: true })
  const home = join(folder, 'home')
  mkdirSync(home)
  for (const own of [folder, home]) chownSync(own, SOMEBODY, SOMEBODY)
  const binds = places.map(([name, source]) => `mount --bind '${source}' '${join(folder, name)}'`)
  const become = `setpriv --reuid=${SOMEBODY} --regid=${SOMEBODY} --clear-groups --inh-caps=-all`
  const program = [join(folder, 'repository/node_modules/.bin/node'), 'tools/cli/src/main.ts']
  const script = [
    ...binds,
    `cd '${join(folder, 'repository')}'`,
    `exec ${become} -- ${program.join(' ')} "$@"`,
  ]
  const env = {
    ...{ HOME: home, CARGO_HOME: join(home, 'cargo'), TMPDIR: home, RUSTUP_HOME: join(folder, 'rustup') },
    PATH: `${join(folder, 'programs')}:${process.env.PATH}`,
  }
  return {
    uid: SOMEBODY,
    ...start('unshare', ['--mount', 'bash', '-ec', script.join('\n'), 'bash', ...args], env),
  }
}

function start(program: string, args: readonly string[], env: Record<string, string>) {
  return spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...env } })
}
