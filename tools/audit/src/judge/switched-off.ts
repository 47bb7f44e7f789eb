import { type Project, textOf } from '../project/project.ts'
import { skeleton } from '../snippet/language/skeleton.ts'
import type { Snippet } from '../snippet/snippet.ts'

/** Under which condition all of a snippet stands that does not hold here, so that no compiler read it; `null` for any other. */
export function switchedOff(snippet: Snippet, project: Project): string | null {
  if (snippet.language === 'cpp') return macroWanted(snippet, project)
  if (snippet.language !== 'rust') return null
  const { code, segments } = snippet.outline
  const features = segments.map(
    ({ start, end }) => /^#\[cfg\(feature\s*=\s*"([^"\n]+)"\)\]/.exec(snippet.text.slice(start, end))?.[1],
  )
  const [feature] = features
  if (code.trim() === '' || feature === undefined || features.some((other) => other === undefined))
    return null
  const manifest = textOf(project.files.get('Cargo.toml') ?? [])
  const isDefault = new RegExp(`^\\s*default\\s*=\\s*\\[[^\\]]*"${feature}"`, 'm').test(manifest)
  return isDefault ? null : `the feature \`${feature}\``
}

/** A macro that nothing of the package defines, without which nothing of a snippet of C++ is left. */
function macroWanted({ text }: Snippet, { files }: Project): string | null {
  const rows = skeleton(text, 'cpp').split('\n')
  let depth = 0
  const outside = rows.filter((row) => {
    const directive = /^\s*#\s*(\w+)/.exec(row)?.[1]
    if (directive?.startsWith('if')) depth++
    if (directive === 'endif') depth--
    return directive === undefined && depth <= 0
  })
  if (outside.some((row) => row.trim() !== '')) return null
  const found = rows.flatMap(
    (row) => /^\s*#\s*if(?:def\s+|\s+defined\s*\(?\s*)([A-Za-z]\w*)/.exec(row)?.[1] ?? [],
  )
  const [macro] = found
  if (macro === undefined || rows.some((row) => /^\s*#\s*else\b/.test(row))) return null
  const defines = new RegExp(`^\\s*#\\s*define\\s+${macro}\\b`, 'm')
  return [...files.values()].some((lines) => defines.test(textOf(lines))) ? null : `the macro \`${macro}\``
}
