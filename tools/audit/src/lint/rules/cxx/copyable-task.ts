import { inLanguage } from '../../facts/code.ts'
import { declared } from '../../facts/cxx.ts'
import type { Found, Rule } from '../../facts/rule.ts'
import { bare, below, field, type Node, parts } from '../../facts/syntax.ts'

export const copyableTask: Rule = {
  name: 'copyable-task',
  why: 'A copy of a coroutine_handle refers to the same frame. Two tasks that own it destroy it twice, or one resumes what the other has destroyed. Let a task be moved, and delete its copy constructor.',
  chapter: 'patterns/coroutine/README.md#the-task',
  find: (codes) =>
    inLanguage(codes, 'cpp').flatMap((code) =>
      below(code.root, 'class_specifier', 'struct_specifier').flatMap((node): Found[] => {
        const name = field(node, 'name')
        const body = field(node, 'body')
        if (name === null || body === null) return []
        const members = parts(body)
        if (!namesItsPromise(members) || !ownsFrame(members) || copyIsGone(members, bare(name))) return []
        const destroys = members.some((member) => isDestructor(member) && /\bdestroy\(\)/.test(bare(member)))
        return [
          {
            code,
            node: name,
            sureness: destroys ? 'certain' : 'likely',
            message: destroys
              ? `a copy of \`${name.text}\` destroys the same coroutine frame a second time`
              : `\`${name.text}\` can be copied, and each copy holds the same coroutine frame`,
          },
        ]
      }),
    ),
}

/** What a coroutine returns has a `promise_type`; an awaiter has none. */
function namesItsPromise(members: readonly Node[]): boolean {
  return members.some((member) =>
    member.type === 'alias_declaration'
      ? field(member, 'name')?.text === 'promise_type'
      : ['class_specifier', 'struct_specifier'].some(
          (kind) => bare(field(typeOf(member, kind), 'name')) === 'promise_type',
        ),
  )
}

const typeOf = (member: Node, kind: string): Node | null =>
  member.type === kind ? member : field(member, 'type')?.type === kind ? field(member, 'type') : null

/** A member that is a handle, by itself or by a name that the class has for it. */
function ownsFrame(members: readonly Node[]): boolean {
  const isHandle = (type: string) => /^(?:std::(?:experimental::)?)?coroutine_handle</.test(type)
  const aliases = members
    .filter((member) => member.type === 'alias_declaration' && isHandle(bare(field(member, 'type'))))
    .map((member) => bare(field(member, 'name')))
  return members.some((member) => {
    const type = bare(field(member, 'type'))
    const isMember = member.type === 'field_declaration' && below(member, 'function_declarator').length === 0
    const isStatic = member.children.some(({ text }) => text === 'static')
    return isMember && !isStatic && (isHandle(type) || aliases.includes(type))
  })
}

/** A copy that is deleted in words, or by a move: with that, C++ makes no copy. */
function copyIsGone(members: readonly Node[], name: string): boolean {
  return members.some((member) => {
    const declarator = below(member, 'function_declarator')[0]
    if (
      declarator === undefined ||
      !/^(?:function_definition|declaration|field_declaration)$/.test(member.type)
    )
      return false
    const parameter = bare(field(declarator, 'parameters'))
    const isOwn = declared(declarator) === name || bare(field(declarator, 'declarator')) === 'operator='
    const takesItself = new RegExp(`^\\((?:const)?${name}(?:<\\w+>)?(?:const)?(&&?)\\w*\\)$`).exec(parameter)
    if (!isOwn || takesItself === null) return false
    return takesItself[1] === '&&' || /=delete;$/.test(bare(member))
  })
}

const isDestructor = (member: Node): boolean => below(member, 'destructor_name').length > 0
