import { errorAt, type Finding, sourceOf } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'
import { codeOf } from '../source/code-text.ts'
import { languageOf } from '../source/language.ts'

/** The regions that a reader takes for code, and that stand in a comment or a string of their file. */
export function noCode({ pkg }: Verification): Finding[] {
  return pkg.chapter.examples.flatMap((example) => {
    const { path } = example.source
    const language = languageOf(pkg, path)
    const file = pkg.files.get(path)
    const source = sourceOf(pkg, example)
    if (language === null || file === undefined || source == null) return []
    const code = codeOf(file.text.lines.join('\n'), language).split('\n')
    const alone = codeOf(example.text, language).split('\n')
    const first = alone.findIndex(
      (line, index) => line.trim() !== '' && code[source.lines[index]! - 1]?.trim() === '',
    )
    if (first < 0) return []
    const at = { file: example.file, line: example.contentLine + first, column: example.column }
    const message = `this stands in a comment or a string of ${path}, expected code that is compiled`
    return [errorAt('not-compiled', at, message, 'take it out of there, or end the region before it')]
  })
}
