import { type Bridge, type Declared, type Shared, split } from '../snippet/bridge.ts'

/** What a reader writes on the other side of a bridge, as far as its declarations say. */

const NUMBERS: Record<string, string> = {
  ...{ u8: 'std::uint8_t', u16: 'std::uint16_t', u32: 'std::uint32_t', u64: 'std::uint64_t' },
  ...{ i8: 'std::int8_t', i16: 'std::int16_t', i32: 'std::int32_t', i64: 'std::int64_t' },
  ...{
    usize: 'std::size_t',
    isize: 'rust::isize',
    f32: 'float',
    f64: 'double',
    bool: 'bool',
    c_char: 'char',
  },
  ...{ String: 'rust::String', CxxString: 'std::string', '()': 'void' },
}
const WRAPPERS: Record<string, string> = {
  ...{ Vec: 'rust::Vec', Box: 'rust::Box', UniquePtr: 'std::unique_ptr', SharedPtr: 'std::shared_ptr' },
  ...{ WeakPtr: 'std::weak_ptr', CxxVector: 'std::vector' },
}
const DEEPEST = 16

/** A type of a bridge as C++ writes it. */
function typeInCxx(type: string, depth = 0): string {
  const text = type.replace(/'\w+\s*/g, '').trim()
  if (depth > DEEPEST) return text
  const inner = (of: string) => typeInCxx(of, depth + 1)
  const call = /^(?:unsafe\s+)?fn\s*\(([\s\S]*)\)\s*(?:->\s*([\s\S]+))?$/.exec(text)
  if (call !== null) {
    const parameters = split(call[1]!).map((part) => inner(part.replace(/^\w+\s*:(?!:)\s*/, '')))
    return `rust::Fn<${inner(call[2] ?? '()')}(${parameters.join(', ')})>`
  }
  const slice = /^&\s*(mut\s+)?\[([^;]+)\]$/.exec(text)
  if (slice !== null) return `rust::Slice<${slice[1] === undefined ? 'const ' : ''}${inner(slice[2]!)}>`
  if (/^&\s*str$/.test(text)) return 'rust::Str'
  const array = /^\[([\s\S]+);\s*(\w+)\]$/.exec(text)
  if (array !== null) return `std::array<${inner(array[1]!)}, ${array[2]}>`
  const pinned = /^Pin\s*<\s*&\s*mut\s+([\s\S]+)>$/.exec(text)?.[1]
  if (pinned !== undefined) return `${inner(pinned)} &`
  const reference = /^&\s*(mut\s+)?([\s\S]+)$/.exec(text)
  if (reference !== null) return `${reference[1] === undefined ? 'const ' : ''}${inner(reference[2]!)} &`
  const pointer = /^\*\s*(const|mut)\s+([\s\S]+)$/.exec(text)
  if (pointer !== null) return `${pointer[1] === 'const' ? 'const ' : ''}${inner(pointer[2]!)} *`
  const wrapper = /^(\w+)\s*<([\s\S]+)>$/.exec(text)
  if (wrapper !== null && WRAPPERS[wrapper[1]!] !== undefined)
    return `${WRAPPERS[wrapper[1]!]}<${inner(wrapper[2]!)}>`
  return NUMBERS[text] ?? text.replace(/<.*>$/s, '')
}

function prototype({ cxxName, parameters, returns, self, owner }: Declared): string {
  const list = parameters.map(({ name, type }) => `${typeInCxx(type)} ${name}`)
  const tail = self !== null && !self.mutable ? ' const' : ''
  return `${owner === null ? '' : 'static '}${returns === null ? 'void' : typeInCxx(returns)} ${cxxName}(${list.join(', ')})${tail};`
}

const declaration = (name: string, { kind, repr }: Shared): string =>
  kind === 'struct' ? `struct ${name};` : `enum class ${name} : ${NUMBERS[repr ?? 'u8'] ?? 'int'};`

/** A type of both sides that C++ has already, as the bridge says that it is. */
function definition(name: string, type: Shared): string {
  const body = type.body.replace(/#\s*\[[^\]]*\]/g, '')
  const head = declaration(name, type).slice(0, -1)
  if (type.kind === 'enum') return `${head} {${body}};`
  const fields = split(body).flatMap((field) => {
    const [, own, of] = /^(?:pub\s+)?(\w+)\s*:\s*([\s\S]+)$/.exec(field) ?? []
    return own === undefined ? [] : [`  ${typeInCxx(of!)} ${own};`]
  })
  return [`${head} {`, ...fields, '};'].join('\n')
}

/** A header with what a bridge says that C++ has; `shown` are the names that the page itself defines in C++. */
export function headerFor(bridge: Bridge, shown: ReadonlySet<string>): string {
  const { cxx, rust, shared, namespace } = bridge
  const known = [
    ...rust.types.map((name) => `struct ${name};`),
    ...cxx.aliases.filter((name) => !shown.has(name)).map((name) => `class ${name};`),
    ...[...shared].map(([name, type]) =>
      cxx.types.includes(name) && !shown.has(name) ? definition(name, type) : declaration(name, type),
    ),
  ]
  const classes = cxx.types
    .filter((name) => !shown.has(name) && !shared.has(name))
    .map((name) => {
      const methods = cxx.functions.filter(({ self, owner }) => (self?.type ?? owner) === name)
      return methods.length === 0
        ? `class ${name} {};`
        : [`class ${name} {`, 'public:', ...methods.map((one) => `  ${prototype(one)}`), '};'].join('\n')
    })
  const free = cxx.functions
    .filter(({ self, owner, cxxName }) => self === null && owner === null && !shown.has(cxxName))
    .map(prototype)
  const body = [...known, ...classes, ...free]
  const text = body.join('\n')
  const standard = ['array', 'memory', 'string', 'vector'].filter((name) =>
    new RegExp(
      { array: 'std::array', memory: 'std::\\w+_ptr', string: 'std::string', vector: 'std::vector' }[name]!,
    ).test(text),
  )
  return [
    ...[
      '#pragma once',
      '#include "rust/cxx.h"',
      ...standard.map((name) => `#include <${name}>`),
      '#include <cstdint>',
      '',
    ],
    ...(namespace === null ? body : [`namespace ${namespace} {`, ...body, '}']),
  ].join('\n')
}

/** A type of a bridge as the module around the bridge writes it. */
function typeInParent(type: string, bridge: Bridge): string {
  const own = new Set([...bridge.cxx.types, ...bridge.cxx.aliases, ...bridge.shared.keys()])
  return type.replace(/(?<![\w:])(\w+)/g, (name) => {
    if (own.has(name)) return `${bridge.module}::${name}`
    if (['UniquePtr', 'SharedPtr', 'WeakPtr', 'CxxString', 'CxxVector'].includes(name)) return `cxx::${name}`
    return name === 'Pin' ? 'std::pin::Pin' : name
  })
}

/** The types and functions of Rust that a bridge takes from the module around it, and `shown` does not name. */
export function parentFor(bridge: Bridge, shown: ReadonlySet<string>): string {
  const { types, lifetimes, functions } = bridge.rust
  const given = (type: string) => typeInParent(type, bridge)
  const write = ({ name, self, generics, parameters, returns, fallible }: Declared) => {
    const receiver = self === null ? [] : [`&${self.lifetime}${self.mutable ? 'mut ' : ''}self`]
    const list = [...receiver, ...parameters.map(({ name, type }) => `_${name}: ${given(type)}`)]
    const value = returns === null ? '()' : given(returns)
    const result = fallible ? `Result<${value}, std::fmt::Error>` : value
    return `pub fn ${name}${generics}(${list.join(', ')})${result === '()' ? '' : ` -> ${result}`} { todo!() }`
  }
  const missing = types.filter((name) => !shown.has(name))
  return [
    ...missing.map((name) => `pub struct ${name}${structure(lifetimes.get(name))};`),
    ...missing.flatMap((name) => {
      const methods = functions.filter(({ self, owner }) => (self?.type ?? owner) === name)
      const of = lifetimes.has(name) ? `${name}<${lifetimes.get(name)!.replace(/'\w+/g, "'_")}>` : name
      return methods.length === 0 ? [] : [`impl ${of} {`, ...methods.map((one) => `    ${write(one)}`), '}']
    }),
    ...functions
      .filter(({ self, owner, name }) => self === null && owner === null && !shown.has(name))
      .map(write),
  ].join('\n')
}

/** What makes a struct of Rust use each of its lifetimes. */
function structure(lifetimes: string | undefined): string {
  if (lifetimes === undefined) return ''
  const used = [...lifetimes.matchAll(/'\w+/g)].map(([lifetime]) => `&${lifetime} ()`)
  return `<${lifetimes}>(pub std::marker::PhantomData<(${used.map((one) => `${one}, `).join('')})>)`
}
