import { readFile } from 'node:fs/promises'
import { isWithin, withinPackage } from '@cookbook/diagnostics'
import { type Finding, withinCrate } from '@cookbook/guide'
import type { Build, Read } from '../context/built.ts'
import type { Verification } from '../context/verification.ts'
import { languageOf } from '../source/language.ts'
import { configuredAway } from './configured-away.ts'
import { untriedDocumentation } from './documented.ts'
import { droppedCode } from './dropped-code.ts'
import { noCode } from './no-code.ts'
import { preprocessedAway } from './preprocessed.ts'
import { silencedWarnings } from './silenced.ts'
import { unusedCode } from './unused-code.ts'

/** Where code that is shown, and in files that compilers read, was kept from the compilers' judgement all the same. */
export async function unseenByCompilers(
  verification: Verification,
  build: Build,
  read: Read,
): Promise<Finding[]> {
  const { pkg, dir } = verification
  // What must not compile has a check of its own.
  const shown = [...new Set(pkg.chapter.examples.map(({ source }) => source.path))].filter(
    (path) => !path.startsWith('reject/') && pkg.files.has(path),
  )
  const rust = shown.filter((path) => languageOf(pkg, path) === 'rust')
  const cpp = shown.filter((path) => languageOf(pkg, path) === 'cpp')
  const isJudged = (path: string) => rust.includes(path) || /^(?:tests|benches)\//.test(withinCrate(path))
  const texts = { rust: new Map<string, string>(), cpp: new Map<string, string>() }
  for (const { by, path } of [
    ...read.files,
    ...verification.recorder.recorded.builds.flatMap(({ read }) => read.files),
  ]) {
    const own = isWithin(pkg, dir, path) ? withinPackage(pkg, dir, path) : path
    const language = languageOf(pkg, own)
    if (language !== null && by !== 'CMake')
      texts[language].set(own, await readFile(path, 'utf8').catch(() => ''))
  }
  return [
    ...(await configuredAway(verification, new Map([...texts.rust].filter(([path]) => isJudged(path))))),
    ...(await preprocessedAway(verification, build, read, cpp)),
    ...unusedCode(
      verification,
      [...rust, ...cpp].filter((path) => texts.rust.has(path) || texts.cpp.has(path)),
      texts,
    ),
    ...droppedCode(verification, [...rust, ...cpp]),
    ...noCode(verification),
    ...untriedDocumentation(verification, read),
    ...silencedWarnings(verification, read, shown),
  ]
}
