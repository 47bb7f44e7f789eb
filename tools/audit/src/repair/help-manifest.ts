import { addDependency } from '../project/build-script.ts'
import { knownVersion } from '../project/known-crates.ts'
import { dependencies } from '../project/manifest.ts'
import { added, note } from '../project/project.ts'
import { crateOf } from '../project/project-crates.ts'
import { names } from '../snippet/facts.ts'
import { type Case, type Fix, inNeed, missingNames } from './fix.ts'

/** What a reader changes in Cargo.toml. */

export const dependency: Fix = (at) => {
  const isScript = at.problem.path === 'build.rs'
  const known = dependencies(at.project.files.get('Cargo.toml') ?? [], isScript)
  for (const name of missingNames(at.problem)) {
    const version = known.includes(name) ? null : (versionOfCheckout(at, name) ?? knownVersion(name))
    if (version === null || [...at.present].some((snippet) => names(snippet).has(name))) continue
    const table = isScript ? '[build-dependencies]' : '[dependencies]'
    addDependency(at.project, name, version, inNeed(at), table)
    return true
  }
  return false
}

/** Of a crate of the caller's checkout: `oneshot::channel` alone may mean a module that has the name of one. */
function versionOfCheckout({ project, present }: Case, name: string): string | null {
  const meant = new RegExp(`\\b(?:use|extern\\s+crate)\\s+(?:::)?${name}\\b`)
  const isMeant = name.includes('_') || [...present].some(({ outline }) => meant.test(outline.code))
  return isMeant ? (crateOf(project.crates, name)?.version ?? null) : null
}

export const feature: Fix = (at) => {
  const wanted = [at.problem.message, ...at.problem.notes].flatMap((said) =>
    [
      ...said.matchAll(
        /gated behind the `([\w-]+)` feature|the `([\w-]+)` feature is (?:disabled|not enabled)/g,
      ),
    ].map(([, gated, off]) => gated ?? off!),
  )
  // An attribute that a crate has only with a feature is no name of its own to rustc.
  if (/^cannot find `(?:main|test)` in `tokio`/.test(at.problem.message)) wanted.push('macros')
  if (/requires rt or rt-multi-thread/.test(at.problem.message)) wanted.push('rt-multi-thread')
  const manifest = at.project.files.get('Cargo.toml')
  if (wanted.length === 0 || manifest === undefined || at.spot === null) return false
  const shown = `${at.problem.message} ${at.problem.notes.join(' ')} ${at.spot.code.text}`
  const crate = dependencies(manifest).find((name) => new RegExp(`\\b${name}\\b`).test(shown))
  return crate !== undefined && addFeature(at, crate, wanted[0]!)
}

function addFeature({ project, spot }: Case, crate: string, name: string): boolean {
  const manifest = project.files.get('Cargo.toml')!
  const index = manifest.findIndex(({ text }) =>
    new RegExp(`^\\s*${crate.replaceAll('_', '[_-]')}\\s*=`).test(text),
  )
  const line = manifest[index]
  if (line === undefined || line.text.includes(`"${name}"`)) return false
  const listed = /features\s*=\s*\[([^\]]*)\]/.exec(line.text)
  const text =
    listed !== null
      ? line.text.replace(
          listed[0],
          `features = [${listed[1]!.trim() === '' ? '' : `${listed[1]}, `}"${name}"]`,
        )
      : /=\s*"/.test(line.text)
        ? line.text.replace(/=\s*("[^"]*")/, `= { version = $1, features = ["${name}"] }`)
        : line.text.replace(/\s*\}/, `, features = ["${name}"] }`)
  manifest[index] = { ...line, text }
  note(
    project,
    'Cargo.toml',
    text,
    { kind: 'feature', text: `turn on the feature \`${name}\` of ${crate}` },
    spot === null ? [] : [spot.snippet],
  )
  return true
}

export const edition: Fix = (at) => {
  if (
    at.problem.code !== 'E0670' &&
    !/Rust 20(?:15|18)|edition 20(?:18|21)/.test(`${at.problem.message} ${at.problem.notes.join(' ')}`) &&
    !isOfOlderEdition(at)
  )
    return false
  const manifest = at.project.files.get('Cargo.toml')
  const index = manifest?.findIndex(({ text }) => /^\s*edition\s*=/.test(text)) ?? -1
  if (manifest === undefined || (index >= 0 && manifest[index]!.text.includes('2021'))) return false
  const line = 'edition = "2021"'
  if (index >= 0) manifest[index] = { ...manifest[index]!, text: line }
  else manifest.splice(manifest.findIndex(({ text }) => text.trim() === '[package]') + 1, 0, added(line))
  note(at.project, 'Cargo.toml', line, { kind: 'edition', text: `set \`${line}\` in Cargo.toml` }, inNeed(at))
  return true
}

/** Whether only the newest edition says so, and the page does not say which it is written for. */
function isOfOlderEdition({ problem, project, spot }: Case): boolean {
  const manifest = project.files.get('Cargo.toml') ?? []
  const isOurs = manifest.some(({ text, code }) => code === null && /^\s*edition\s*=/.test(text))
  return (
    isOurs &&
    (spot?.snippet.edition ?? '') < '2024' &&
    problem.tool === 'rustc' &&
    /^(?:extern blocks must be unsafe|unsafe attribute used without unsafe|creating a (?:shared|mutable) reference to mutable static|expected identifier, found reserved keyword `gen`)/.test(
      problem.message,
    )
  )
}
