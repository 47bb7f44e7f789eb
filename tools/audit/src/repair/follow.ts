import type { ProjectDiagnostic } from '../diagnostic/project-diagnostic.ts'
import type { Project } from '../project/project.ts'
import { type Spot, segmentOf } from '../project/where.ts'
import { variableIn } from '../snippet/facts.ts'
import { isHeader } from '../snippet/path.ts'

/** Which problems follow from which: what is known of it by the tools' own order, and by what was taken out. */

/** What makes two problems the same, wherever a help has moved them. */
export const keyOf = ({ tool, path, message }: ProjectDiagnostic): string => `${tool} ${path} ${message}`

/** Whether a problem is told of C++ that cxx wrote. */
export const isGenerated = ({ path, unit = '' }: ProjectDiagnostic): boolean =>
  /\/cxxbridge\/(?:sources|include)\//.test(`${path} ${unit}`)

/** The name that a problem is about, when it was taken out with something else that fails. */
export function consequence({ message, code }: ProjectDiagnostic, gone: ReadonlySet<string>): string | null {
  if (code === 'E0601') return null
  if (gone.size > 0 && /\.rs\.h: No such file/.test(message)) return 'the bridge'
  const said = [...message.matchAll(/[`'‘]([\w:]+)(?:\([^`'’]*\))?['’`]/g)].flatMap(([, path]) =>
    path!.split('::'),
  )
  return said.find((name) => gone.has(name)) ?? null
}

/**
 * The problems that do not follow from others, as far as the tools' order tells: each group in the order in which
 * its tool came upon them. What is wrong in headers is told again by all that include them, and what is wrong in the
 * guide's C++ by what is generated for the bridge.
 */
export function rootsOf(problems: readonly ProjectDiagnostic[]): ProjectDiagnostic[][] {
  const of = (tool: ProjectDiagnostic['tool']) => problems.filter((problem) => problem.tool === tool)
  const cxx = of('C++')
  const headers = cxx.filter(({ path, unit = path }) => isHeader(unit) && isHeader(path))
  const own = cxx.filter((problem) => !isGenerated(problem))
  const first = headers.length > 0 ? headers : own.length > 0 ? own : cxx
  const units = [...Map.groupBy(first, ({ unit = '' }) => unit).values()].map(namesFirst)
  // rustc says nothing twice. From the end to the beginning, because a help that adds a line moves those below it.
  const rust = of('rustc')
    .toSorted((a, b) => b.line - a.line)
    .map((problem) => [problem])
  const bridge = of('bridge').map((problem) => [problem])
  const found = [...bridge, ...rust, ...(bridge.length > 0 && headers.length === 0 ? [] : units)]
  if (found.length > 0) return found
  return problems.map((problem) => [problem])
}

/** The name of the item that a line is of. */
export function itemNames(spot: Spot): string[] {
  const segment = segmentOf(spot)
  const text = segment === undefined ? '' : spot.snippet.outline.code.slice(segment.start, segment.end)
  const name =
    /(\w+)(?: ?<.*>)?$/.exec((segment?.defines ?? '').split('(', 1)[0]!)?.[1] ??
    (spot.snippet.language === 'cpp' ? variableIn(text) : undefined) ??
    /(\w+)\s*\(/.exec(text)?.[1]
  return name === undefined ? [] : [name]
}

/** Of what is said of one line, that a name is not known comes before what follows from it. */
function namesFirst(unit: readonly ProjectDiagnostic[]): ProjectDiagnostic[] {
  const lines = [...Map.groupBy(unit, ({ path, line }) => `${path}:${line}`).values()]
  return lines.flatMap((said) => {
    const isName = (problem: ProjectDiagnostic) => (isConsequent(problem) ? 1 : 0)
    return said.toSorted((a, b) => isName(a) - isName(b))
  })
}

const isConsequent = (problem: ProjectDiagnostic): boolean =>
  bareStdName(problem) !== null ||
  /^variable or field .* declared void|^expected (?:primary-expression|unqualified-id|identifier|initializer|nested-name|[‘'][;,)(}>][’'])|^template argument \d+ is invalid|^invalid template-id|^type\/value mismatch|has not been declared in/.test(
    problem.message,
  )

/** The function that a line calls and that was imported by a guess which does not fit; what the audit adds is never blamed. */
export function guessedImport({ helps }: Project, { code }: ProjectDiagnostic, spot: Spot): string | null {
  if (code === null || !/^E0(?:061|277|308|599)$/.test(code)) return null
  const names = helps.flatMap(({ help, snippets }) =>
    help.kind === 'import' && snippets.includes(spot.snippet)
      ? (/^use .*?(\w+);$/.exec(help.added)?.[1] ?? [])
      : [],
  )
  return names.find((name) => new RegExp(`\\b${name}\\s*\\(`).test(spot.code.text)) ?? null
}

/** The name of std that a block uses without its namespace, as the compiler tells. */
export const bareStdName = ({ tool, message }: ProjectDiagnostic): string | null =>
  tool === 'C++'
    ? (/[‘'](\w+)[’'](?: was not declared| does not name|; did you mean).*[‘']std::\1[’']/.exec(
        message,
      )?.[1] ?? null)
    : null

const MEMBER =
  /^non-member (?:function )?[‘'].*[’'] cannot |^[‘'](?:virtual|explicit)[’'] outside class|^[‘']friend[’'] used outside of class|^virt-specifiers in .* not allowed outside|^invalid use of [‘']this[’'] (?:in non-member|at top|outside)|must be a (?:non-?static )?member function$|^expected unqualified-id before [‘'](?:public|protected|private)[’']|^non-member function cannot have|can only (?:appear on non-static member|be applied to member)|^only virtual member functions can be marked|forbids declaration of [‘'][A-Z]\w*[’'] with no type|only constructors take|^`self` parameter is only allowed in associated functions|^cannot find type `Self` in this scope/

const WITHOUT_BODY =
  /^(?:free function|associated (?:function|constant|type) in `impl`|free constant item) without (?:a )?(?:body|value)$/

/**
 * Of what a problem says that it is shown alone: a signature, a member of a class or an `impl` without what is around it,
 * or `wrapped` statements without their function.
 */
export function shownAlone(problem: ProjectDiagnostic, spot: Spot, wrapped: boolean): string | null {
  const { message } = problem
  const { snippet, code } = spot
  const without = wrapped ? outside(problem, spot) : null
  if (without !== null) return without
  if (WITHOUT_BODY.test(message)) return 'it shows a signature without what it stands for'
  const row = snippet.lines.indexOf(code)
  const isInClass = snippet.outline.segments.some(
    ({ defines, open, firstLine, lastLine }) =>
      open >= 0 && firstLine < row && row < lastLine && /^(?:class|struct|union) /.test(defines ?? ''),
  )
  return !isInClass && MEMBER.test(message) ? 'it shows a member without the type that it is of' : null
}

const EMPTY = /::(?:new|default|with_capacity)\(|\bchannel\(|=\s*(?:None|\[\]|vec!\[\])\s*;/

/** What a problem of statements says that only the code around them can tell. */
function outside({ code, message }: ProjectDiagnostic, { code: { text } }: Spot): string | null {
  // An empty value has no type yet.
  if ((code === 'E0282' || code === 'E0283') && EMPTY.test(text))
    return 'what comes after it says of which type it is'
  const returns = (code === 'E0308' || code === 'E0069') && /\breturn\b/.test(text)
  const asks = code === 'E0277' && message.includes('`?`')
  return returns || asks ? 'what it returns is a matter of the function around it' : null
}
