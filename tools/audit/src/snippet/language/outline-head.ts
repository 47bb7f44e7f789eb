/** Whether it is a statement, and the item that it defines. */
export type Head = { kind: 'item' | 'statement'; defines: string | null }

const RUST_HEAD =
  /^(?:pub(?:\s*\([^)]*\))?\s+)?(?:(use|impl)\b|(mod|struct|enum|union|trait|type|static)\s+(?:mut\s+)?(\w+)|(?:default\s+)?(?:const\s+)?(?:async\s+)?(?:unsafe\s+)?(?:extern\s+(?:"[^"]*"\s*)?)?fn\s+(\w+)|(const)\s+(?!fn\b|unsafe\b|async\b|\{)(\w+)|unsafe\s+(impl|trait)\b|(extern)\s+(?:"|crate\b|\{)|unsafe\s+(extern)\b|(macro_rules)!\s*(\w+)|(thread_local|lazy_static|pin_project|compile_error|cxx_async|cpp)!)/

/** What an item or a statement of Rust defines that begins so. */
export function readRust(head: string, braces: boolean): Head {
  const text = head.replace(/^(?:#!?\s*\[(?:[^[\]]|\[[^\]]*\])*\]\s*)+/, '')
  if (text === '') return { kind: braces ? 'statement' : 'item', defines: null }
  const found = RUST_HEAD.exec(text)
  if (found === null) return { kind: 'statement', defines: null }
  const [, , keyword, name, fn, constant, constantName, , , , macro, macroName] = found
  if (keyword !== undefined) return { kind: 'item', defines: `${keyword} ${name}` }
  if (fn !== undefined) return { kind: 'item', defines: `fn ${fn}` }
  if (constant !== undefined)
    return { kind: 'item', defines: constantName === '_' ? null : `const ${constantName}` }
  if (macro !== undefined) return { kind: 'item', defines: `macro ${macroName}` }
  return { kind: 'item', defines: null }
}

const CPP_STATEMENT =
  /^(?:(?:if|for|while|switch|do|try|return|co_await|co_return|co_yield|throw|delete)(?!\w)|[-+*!&("'\d]|\[(?!\[))/
/** A name alone, or one that is compared or calculated with: neither declares anything. */
const CPP_EXPRESSION =
  /^(?!(?:struct|class|union|enum|extern|export|public|private|protected|template|concept|using|requires)\b|[A-Z][A-Z\d_]*\b)(?:::)?\w+(?:::\w+)*\s*(?:<(?:[^;{}<>=]|<[^;{}<>=]*>)*>\s*)?(?:$|(?:[=!<>]=|<=>|[-+/%|^]|\|\|)\s)/
const CPP_CALL =
  /^(?:::)?[\w:]+(?:(?:\.|->)[\w:]+)*\s*(?:<[^;]*>\s*)?(?:\(|(?:[+\-*/|&]?=[^=])|\.(?!\.)|->|<<)/

/** What one of C++ defines that begins so, within namespaces. */
export function readCpp(text: string, braces: boolean, scopes: readonly string[]): Head {
  const within = scopes.filter((scope) => scope !== '').join('::')
  const named = (kind: string, name: string) => ({
    kind: 'item' as const,
    defines: `${kind} ${within === '' ? '' : `${within}::`}${name}`,
  })
  const isBlock = text === '' && braces
  if (isBlock || CPP_STATEMENT.test(text) || CPP_EXPRESSION.test(text))
    return { kind: 'statement', defines: null }
  const type =
    /^(?:template\s*<[^{]*>\s*)?(?:struct|class|union|enum(?:\s+(?:class|struct))?)\s+(?:\[\[[^\]]*\]\]\s*|alignas\([^)]*\)\s*)?(\w+(?:\s{0,2}<[^{}();]{0,300}>)?(?:::\w+)*)/.exec(
      text,
    )
  if (type !== null && !isDeclarator(text))
    return braces ? named('struct', typeName(type[1]!)) : { kind: 'item', defines: null }
  const fn = calledIn(text)
  // Two words before the bracket make a definition: a type and a name. A lone name with a bracket is a call.
  const words = fn === null ? '' : text.slice(0, fn.at).trim()
  if (
    !braces &&
    (words === '' || /(?:\.|->|<<)$/.test(words)) &&
    CPP_CALL.test(text) &&
    !/^(?:[A-Z][A-Z0-9_]*|static_assert)\s*\(/.test(text)
  )
    return { kind: 'statement', defines: null }
  if (braces && fn !== null && (words !== '' || fn.name.includes('::')))
    return named('fn', `${fn.name}(${fn.parameters.replace(/\s+/g, ' ')})`)
  return { kind: 'item', defines: null }
}

/** `Task::promise_type` of a template's member; `hash<Key>`, with its arguments, of a specialization. */
const typeName = (name: string): string =>
  name.includes('::') ? name.replace(/\s*<.*>(?=::)/, '') : name.replace(/\s+/g, ' ')

/** Whether a text ends as what declares a function does. */
function isDeclarator(text: string): boolean {
  const last = text.lastIndexOf(')')
  return last >= 0 && (/^\)\s*(?:const|noexcept|override)?$/.test(text.slice(last)) || /\)\s*->/.test(text))
}

/**
 * The first name that a bracket follows, where it stands, and what is between that bracket and the last one. A bracket
 * within `<...>` is of a type.
 */
function calledIn(text: string): { name: string; at: number; parameters: string } | null {
  const last = text.lastIndexOf(')')
  let angles = 0
  let read = 0
  for (let open = text.indexOf('('); open >= 0 && open < last; open = text.indexOf('(', open + 1)) {
    for (; read < open; read++) {
      const before = text.slice(Math.max(0, read - 9), read)
      if (text[read] === '<' && !/operator\s?<?$/.test(before)) angles++
      if (text[read] === '>' && angles > 0 && !before.endsWith('-')) angles--
    }
    if (angles > 0) continue
    let end = open
    while (end > 0 && /\s/.test(text[end - 1]!)) end--
    let at = end
    while (at > 0 && /[~\w:]/.test(text[at - 1]!)) at--
    // `operator new`, `operator+=`
    const sign = at === end ? /operator\s{0,4}\S{1,8}$/ : /operator\s{1,4}$/
    at -= sign.exec(text.slice(Math.max(0, at - 16), at))?.[0].length ?? 0
    if (at < end) return { name: text.slice(at, end), at, parameters: text.slice(open + 1, last) }
  }
  return null
}
