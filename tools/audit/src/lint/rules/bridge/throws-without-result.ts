import { bridgeOf } from '../../facts/bridge.ts'
import { positionOf } from '../../facts/code.ts'
import { cxxFunctions } from '../../facts/cxx.ts'
import { definitionsOf } from '../../facts/definition.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { commentsAbove, field } from '../../facts/syntax.ts'
import { throwOf } from '../../facts/throws.ts'

export const throwsWithoutResult: Rule = {
  name: 'throws-without-result',
  why: 'An exception in a bridged function that does not return Result ends the process. With Result, it is an Err with its what().',
  chapter: 'patterns/pitfalls/README.md#an-exception-without-a-result',
  find: (codes) => {
    const functions = cxxFunctions(codes)
    return bridgeOf(codes).functions.flatMap((bridged): Found[] => {
      if (bridged.of !== 'cpp' || bridged.fallible || SAID.test(commentsAbove(bridged.node))) return []
      for (const definition of definitionsOf(bridged, functions)) {
        const thrown = throwOf(definition, functions)
        if (thrown === null) continue
        const { file, line } = positionOf(definition.code, thrown.node)
        return [
          {
            code: bridged.code,
            node: field(bridged.node, 'name') ?? bridged.node,
            sureness: thrown.sure ? 'certain' : 'likely',
            message: `C++ can throw in \`${bridged.cxxName}\`, which is declared without \`Result\``,
            detail: [`${file}:${line}: it ${thrown.says}`],
          },
        ]
      }
      return []
    })
  },
}

/** A declaration that tells its caller what comes of it. */
const SAID = /\b(?:ends|terminates|aborts) the process\b/i
