import { complain, spell } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'
import { createPattern } from './create.ts'
import { readNew } from './options.ts'
import { takenIn } from './taken.ts'

/** `cookbook new PATTERN`: a pattern of the guide at `root` that is green at once. Answers the exit code. */
export async function newPattern(root: string, args: readonly string[]): Promise<number> {
  const names = readNew(args, takenIn(root), false)
  if (names.kind !== 'named') {
    if (names.kind === 'refused') complain(spell(COMMANDS.new, names))
    return 2
  }
  try {
    console.log(await createPattern(root, names))
    return 0
  } catch (error) {
    complain(`new: ${(error as Error).message}`)
    return 1
  }
}
