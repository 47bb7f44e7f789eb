import {
  bridgeDiagnostics,
  cxxDiagnostics,
  type Diagnostic,
  rustDiagnostics,
  type ToolLocation,
} from '@cookbook/diagnostics'

/** What a tool says is wrong, at a line of the project or of what is generated from it. */
export type ProjectDiagnostic = ToolLocation &
  Pick<Diagnostic, 'code' | 'message' | 'detail' | 'notes'> & {
    tool: Diagnostic['tool'] | 'run'
    suggestions: readonly { path: string; line: number; text: string }[]
    /** What was compiled when it was said. What comes later in the same unit may follow from it. */
    unit?: string
    /** The compiler was stopped or gave up, which says nothing of the page. */
    unfinished?: true
  }

/** A diagnostic with what most tools do not say left empty. */
export const projectDiagnostic = (
  said: Pick<ProjectDiagnostic, 'tool' | 'path' | 'line' | 'column' | 'message'> & Partial<ProjectDiagnostic>,
): ProjectDiagnostic => ({ code: null, detail: [], notes: [], suggestions: [], ...said })

/** The header that g++ or clang does not find. */
export function absentHeader({ message }: Pick<ProjectDiagnostic, 'message'>): string | undefined {
  const found = /^([^:]+): No such file|^[‘']([^’']+)[’'] file not found/.exec(message)
  return found?.[1] ?? found?.[2]
}

/** A diagnostic without what nobody asks for, at a place that it has or is given. */
function problemOf(diagnostic: Diagnostic, place: ToolLocation): ProjectDiagnostic {
  const { tool, code, message, detail, notes, suggestions } = diagnostic
  return { ...place, tool, code, message, detail, notes, suggestions }
}

const MANIFEST: ToolLocation = { path: 'Cargo.toml', line: 1, column: 1 }

/** The errors among JSON diagnostics, of rustc itself or as cargo embeds them, one a line. */
export function rustProblems(output: string): ProjectDiagnostic[] {
  return rustDiagnostics(output)
    .filter(({ severity }) => severity === 'error')
    .map((one) => problemOf(one, one.location ?? MANIFEST))
}

/** What g++ says of a function before it says which type of a parameter it does not know. */
const FOLLOWS = /^variable or field [‘'][^’']*[’'] declared void$/

/** The errors of g++ and clang. One within a library's own header is told at the place that led there. */
export function cxxProblems(output: string, isOwn: (path: string) => boolean): ProjectDiagnostic[] {
  return cxxDiagnostics(output).flatMap((one, at, all) => {
    const { tool, severity, location, related, detail } = one
    if (tool !== 'C++' || severity === 'warning' || location === null) return []
    if (FOLLOWS.test(one.message) && all[at + 1]?.location?.path === location.path) return []
    const place = [location, ...related].find(({ path }) => isOwn(path)) ?? location
    return [{ ...problemOf(one, place), notes: detail }]
  })
}

/** What the cxx bridge refuses before any compiler sees it. */
export function bridgeProblems(output: string, path: string): ProjectDiagnostic[] {
  return bridgeDiagnostics(output).map((one) => problemOf(one, one.location ?? { path, line: 1, column: 1 }))
}
