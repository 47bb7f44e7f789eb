import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence } from '@cookbook/harness/evidence'

/**
 * What a person would type instead: the script of a shell loop that builds each pattern with the same cargo command
 * in one shared target folder, and then runs, one after another, what the verification in `root` ran.
 */
export function shellLoop(root: string, slugs: readonly string[], target: string): string {
  const lines = slugs.flatMap((slug) => {
    const dir = join(root, 'patterns', slug)
    const evidence: Evidence = JSON.parse(readFileSync(join(dir, 'evidence.json'), 'utf8'))
    const own = join(root, 'target', evidence.toolchain.id, slug)
    const commands = evidence.commands.filter(
      ({ program, args }) => program !== 'cargo' || args[0] === 'build',
    )
    return [
      `cd ${quote(dir)}`,
      ...commands.map(({ program, args, ending }) => {
        const words = [program, ...args].map((word) => quote(word.replaceAll(own, target)))
        const refused = ending.kind === 'exited' && ending.code !== 0
        return `${refused ? '! ' : ''}${words.join(' ')} >/dev/null 2>&1`
      }),
    ]
  })
  return [
    'set -e',
    `export CXX=g++ CXXFLAGS=${quote('-Wall -Wextra -Werror -MMD')}`,
    `mkdir -p ${quote(`${target}/rejects`)}`,
    ...lines,
  ].join('\n')
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
