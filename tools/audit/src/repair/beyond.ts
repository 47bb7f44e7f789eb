import { absentHeader, type ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import { isOtherCrate } from '../project/known-crates.ts'
import type { Project } from '../project/project.ts'
import type { Spot } from '../project/where.ts'
import { includes } from '../snippet/facts.ts'
import { isLike, isMisspelt } from '../snippet/language/alike.ts'
import { baseOf, isHeader } from '../snippet/path.ts'
import { STANDARD_HEADERS } from './standard-headers.ts'

/** What a block needs and this machine, its stable compilers or a sandbox do not have: no fault of the page, and no pass. */

/** Headers of the standard library that a compiler may be too old for. */
const NEWER =
  /^(?:print|generator|expected|flat_map|flat_set|mdspan|stacktrace|spanstream|stdfloat|inplace_vector|hive|simd|linalg|rcu|hazard_pointer|text_encoding|debugging|execution|format|syncstream)$/

/** Why a problem says that a block cannot be tried here, or `null` where it says something of the block. */
export function beyondReach(project: Project, problem: ProjectDiagnostic, spot: Spot): string | null {
  const { message, tool, code } = problem
  const generated = tool === 'rustc' ? /^couldn't read `\$OUT_DIR\/([^`]+)`/.exec(message)?.[1] : undefined
  if (generated !== undefined) return `it needs ${generated}, which its build script has to write`
  if (code === 'E0554') return 'it needs a nightly compiler'
  const withheld =
    tool === 'cargo'
      ? /no matching package named (`[^`]+`) (?:is ((?:among|in)[^;]*)|may (be taken .*))/.exec(message)
      : null
  if (withheld !== null) {
    const [whole, crate, listed, elsewhere] = withheld
    const rest =
      listed === undefined
        ? `may not ${elsewhere}`
        : `is not ${listed}${message.slice(message.indexOf(whole!) + whole!.length)}`
    return `it needs the crate ${crate}, which ${rest}`
  }
  if (tool === 'C++') return neededHeader(project, problem, spot)
  const unlinked = code === 'E0432' || code === 'E0433' ? UNLINKED.exec(message)?.[1] : undefined
  return unlinked !== undefined && isOtherCrate(unlinked)
    ? `it needs the crate \`${unlinked}\`, which the guide adds to no Cargo.toml; with it there, --allow-crate ${unlinked.replaceAll('_', '-')} tries it`
    : null
}

/** How rustc says that the first part of a path is neither a module nor a crate. */
const UNLINKED =
  /^(?:use of unresolved module or unlinked crate|cannot find module or crate|unresolved import) `(?:::)?(\w+)/

/** The crate that a manifest asks for and that may not be had here. */
export const withheldCrate = ({ message }: ProjectDiagnostic): string | undefined =>
  /no matching package named `([^`]+)` (?:is among|is in|may be taken)/.exec(message)?.[1]

function neededHeader(project: Project, problem: ProjectDiagnostic, spot: Spot): string | null {
  const header = absentHeader(problem)
  if (header === undefined || spot.snippet.language !== 'cpp') return null
  // What a bridge is made of, what cxx brings and what is like a file of the page is no other library's.
  if (header.endsWith('.rs.h') || header.startsWith('rust/') || isLikeShown(project, header)) return null
  if (STANDARD_HEADERS.some((name) => isMisspelt(header, name))) return null
  if (NEWER.test(header)) return `it needs <${header}>, which this compiler does not have`
  return includes(spot.snippet).includes(header)
    ? `it needs ${header}, which the guide does not show; ${GIVES} it`
    : `it needs the header ${header} of another library, which this machine does not have; ${GIVES} it`
}

/** The options with which a caller gives what the guide does not show. */
const GIVES = '--include DIR, --library NAME of pkg-config or --project DIR of its own checkout gives'

/** Whether a header that is shown has nearly the same name, or the package's own folder is searched for it. */
function isLikeShown({ files, name }: Project, header: string): boolean {
  const base = baseOf(header).replace(/\.\w+$/, '')
  const shown = [...files.keys()].filter(isHeader).map((path) => baseOf(path).replace(/\.\w+$/, ''))
  return shown.some((other) => isLike(base, other)) || (header.startsWith(`${name}/`) && shown.length > 0)
}
