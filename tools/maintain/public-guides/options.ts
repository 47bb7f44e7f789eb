import { type Refused, readArguments, refused } from '@cookbook/cli/command-line'
import { meant } from '@cookbook/cli/meant'
import { COMMANDS } from '../commands.ts'
import { GUIDES, type PublicGuide } from './guides.ts'

const COMMAND = COMMANDS['public-guides']

/** What was typed after `npm run public-guides --`: where the clones lie, and which of them are audited. */
export function readGuides(
  args: readonly string[],
): { kind: 'guides'; folder: string; guides: readonly PublicGuide[] } | Refused {
  const parsed = readArguments(COMMAND, args, {})
  if (parsed.kind === 'refused') return parsed
  const [folder, ...names] = parsed.words
  if (folder === undefined) return refused(COMMAND, 'expected the folder in which the clones lie')
  const all = GUIDES.map(({ name }) => name)
  const strange = names.filter((name) => !all.includes(name))
  if (strange.length > 0)
    return refused(
      COMMAND,
      `no guide is named ${strange.join(', ')}${meant(strange, all)}, expected any of ${all.join(', ')}`,
    )
  return {
    kind: 'guides',
    folder,
    guides: names.length === 0 ? GUIDES : GUIDES.filter(({ name }) => names.includes(name)),
  }
}
