import { errorAt, type Finding, locate } from '@cookbook/guide'
import type { Verification } from '../context/verification.ts'
import { closing, codeOf, lineAt } from '../source/code-text.ts'

type Dropped = { index: number; message: string }

/** The fragments that can hold code; a name or a type alone cannot. */
const FRAGMENT = /\$(\w+)\s*:\s*(?:tt|item|block|stmt|expr|expr_2021)\b/g

/** The shown macros that throw away what they are given, or make a text of it: no compiler judges that. */
export function droppedCode({ pkg }: Verification, shown: readonly string[]): Finding[] {
  return shown.flatMap((path) => {
    const text = pkg.files.get(path)?.text.raw ?? ''
    const isRust = path.endsWith('.rs')
    const code = codeOf(text, isRust ? 'rust' : 'cpp')
    const found = isRust ? [...droppedByArms(code), ...stringified(code)] : droppedByDefines(code)
    return found.map(({ index, message }) =>
      errorAt(
        'not-compiled',
        locate(pkg, path, lineAt(code, index), 1),
        `${message}, so no compiler judges that`,
        'use it as code where the macro is expanded, or write it as code',
      ),
    )
  })
}

/** The arms of `macro_rules!` that take code and do not give it back. */
function droppedByArms(code: string): Dropped[] {
  return [...code.matchAll(/\bmacro_rules\s*!\s*(\w+)\s*[{([]/g)].flatMap(({ index, 0: begin, 1: name }) => {
    const dropped: Dropped[] = []
    const end = closing(code, index + begin.length - 1) - 1
    for (let at = index + begin.length; at < end; ) {
      const open = at + code.slice(at, end).search(/[{([]/)
      if (open < at) break
      const arrow = code.indexOf('=>', closing(code, open))
      const body = arrow < 0 ? -1 : arrow + code.slice(arrow, end).search(/[{([]/)
      if (body < arrow || arrow < 0) break
      const given = closing(code, body)
      const texts = textsIn(code).filter(({ index }) => index < given)
      const used = texts.reduceRight(
        (left, { index, end }) =>
          index < body ? left : left.slice(0, index - body) + left.slice(end - body),
        code.slice(body, given),
      )
      for (const [, variable] of code.slice(open, arrow).matchAll(FRAGMENT))
        if (!new RegExp(`\\$${variable}\\b`).test(used))
          dropped.push({ index: open, message: `the macro ${name} drops its $${variable}` })
      at = given
    }
    return dropped
  })
}

function stringified(code: string): Dropped[] {
  return textsIn(code)
    .filter(({ open, end }) => /[{};]/.test(code.slice(open + 1, end - 1)))
    .map(({ index }) => ({ index, message: 'stringify! makes a text of code' }))
}

/** What becomes a text, by `stringify!`. */
function textsIn(code: string): { index: number; open: number; end: number }[] {
  return [...code.matchAll(/\bstringify\s*!\s*[{([]/g)].map(({ index, 0: begin }) => {
    const open = index + begin.length - 1
    return { index, open, end: closing(code, open) }
  })
}

function droppedByDefines(code: string): Dropped[] {
  return [...code.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)\(([^)]+)\)((?:\\\r?\n|.)*)/gm)].flatMap(
    ({ index, 1: name, 2: parameters, 3: body }) => {
      const used = body!.replace(/(?<!#)#[ \t]*\w+/g, '')
      return parameters!
        .split(',')
        .map((parameter) =>
          parameter
            .trim()
            .replace(/^\.\.\.$/, '__VA_ARGS__')
            .replace(/\.\.\.$/, ''),
        )
        .filter((parameter) => parameter !== '' && !new RegExp(`\\b${parameter}\\b`).test(used))
        .slice(0, 1)
        .map((parameter) => ({ index, message: `the macro ${name} drops its ${parameter}` }))
    },
  )
}
