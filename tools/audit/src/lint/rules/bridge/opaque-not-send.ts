import { type Bridged, boxed, bridgeOf } from '../../facts/bridge.ts'
import { type Code, inLanguage, positionOf } from '../../facts/code.ts'
import { type CxxFunction, cxxFunctions, makesThread, threadTypes } from '../../facts/cxx.ts'
import { definitionsOf } from '../../facts/definition.ts'
import { inOneSection, nearestTo } from '../../facts/near.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { bare, below, field, type Node } from '../../facts/syntax.ts'
import { declaredSend, definedTypes, staysOnItsThread } from '../../facts/types.ts'

export const opaqueNotSend: Rule = {
  name: 'opaque-not-send',
  why: 'The bridge never checks whether a Rust type may leave its thread. C++ may move it to another one, use it and drop it there, and counts without a lock silently go wrong. A const line for each type that C++ holds makes the compiler check.',
  chapter: 'patterns/pitfalls/README.md#a-context-that-is-not-send',
  find: (codes) => {
    const { functions, opaque } = bridgeOf(codes)
    const types = definedTypes(codes)
    const send = declaredSend(codes)
    const cxx = cxxFunctions(codes)
    const taken = functions
      .filter(({ of }) => of === 'cpp')
      .flatMap((bridged) => bridged.parameters.map((parameter) => ({ bridged, type: boxed(parameter) })))
    const takersOf = Map.groupBy(taken, ({ type }) => type ?? '')
    return opaque.flatMap(({ code, name }): Found[] => {
      const takers = takersOf.get(name) ?? []
      const near = nearestTo(
        code,
        takers.map(({ bridged }) => bridged),
      )
      const defined = nearestTo(
        code,
        types.filter((type) => type.name === name),
      )[0]
      if (near.length === 0 || defined === undefined) return []
      const stays = staysOnItsThread(defined, types, send)
      if (stays === null) return []
      const crossing = crossingOf(
        near,
        near.flatMap((bridged) => definitionsOf(bridged, cxx)),
        codes,
      )
      if (crossing === null) return []
      return [
        {
          code: stays.code,
          node: stays.node,
          sureness: crossing.sureness,
          message: `\`${stays.what}\` may not leave its thread, and \`${name}\`, which holds it, is given to C++`,
          detail: [crossing.says],
        },
      ]
    })
  },
}

type Crossing = { sureness: Found['sureness']; says: string }

/** What the page shows of C++ that takes a box to another thread; `null`: it is shown, and has no thread. */
function crossingOf(
  takers: readonly Bridged[],
  definitions: readonly CxxFunction[],
  codes: readonly Code[],
): Crossing | null {
  const isThread = threadTypes(codes)
  const starts = (node: Node) =>
    below(node, 'call_expression', 'compound_literal_expression', 'new_expression').find(
      (call) =>
        makesThread(call, isThread) ||
        /^(?:std::)?async$|^pthread_create$/.test(bare(field(call, 'function'))),
    ) ?? below(node, 'declaration').find((declaration) => isThread(bare(field(declaration, 'type'))))
  for (const { code, body } of definitions) {
    const thread = starts(body)
    if (thread === undefined) continue
    const { file, line } = positionOf(code, thread)
    return { sureness: 'certain', says: `${file}:${line}: the function that takes it starts a thread` }
  }
  const around = [...takers, ...definitions].map(({ code }) => code)
  const elsewhere = inLanguage(codes, 'cpp').find(
    (code) => around.some((other) => inOneSection(code, other)) && starts(code.root) !== undefined,
  )
  if (elsewhere !== undefined)
    return {
      sureness: 'likely',
      says: `${elsewhere.block.file}:${elsewhere.block.line}: the C++ beside it starts threads`,
    }
  if (definitions.length > 0) return null
  return { sureness: 'possible', says: 'the C++ that takes it is not shown' }
}
