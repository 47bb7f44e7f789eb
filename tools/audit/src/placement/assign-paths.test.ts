import { expect, test } from 'vitest'
import { readPage } from '../document/markdown/page.ts'
import { readBlock } from '../snippet/snippet.ts'
import { assignPaths } from './assign-paths.ts'

/** The file that each block of a page goes into. */
function placed(page: string): (string | null)[] {
  const { blocks } = readPage(page, 'guide.md').page
  const reads = blocks.map((block, at) => readBlock(block, at, null))
  const snippets = assignPaths(reads.flatMap((read) => (read.kind === 'snippets' ? read.snippets : [])))
  return snippets.map(({ path }) => path?.replace(/_\d+\.rs$/, '_N.rs') ?? null)
}

const fenced = (lang: string, ...lines: string[]) => `\`\`\`${lang}\n${lines.join('\n')}\n\`\`\`\n\n`
const PACKAGE = fenced('toml', '[package]', 'name = "ports"', 'edition = "2024"')
const MAIN = fenced(
  'rust',
  'mod closed;',
  'mod open;',
  'fn main() {',
  '    closed::run();',
  '    open::run();',
  '}',
)

test('of two modules that may be meant, a function goes into that of its own section', () => {
  const section = (name: string) =>
    `## ${name}\n\n\`src/${name}.rs\`:\n\n${fenced('rust', `pub struct ${name};`)}Run it:\n\n${fenced('rust', 'pub fn run() {}')}`
  expect(placed(`# Ports\n\n${PACKAGE}${section('open')}${section('closed')}## The rest\n\n${MAIN}`)).toEqual(
    ['Cargo.toml', ...['src/open.rs', 'src/open.rs', 'src/closed.rs', 'src/closed.rs'], 'src/main.rs'],
  )
})

test('what uses the package by its name is no part of its library', () => {
  const library = fenced('rust', 'pub fn read_port() -> u8 {', '    3', '}')
  const user = fenced('rust', 'use ports::read_port;', '', 'fn twice() -> u8 {', '    read_port() * 2', '}')
  expect(placed(`# Ports\n\n${PACKAGE}${library}${user}`)).toEqual([
    'Cargo.toml',
    'src/lib.rs',
    'tests/guide_N.rs',
  ])
})

test('what uses a module or a crate of the package’s name is', () => {
  const library = fenced('rust', 'pub fn read_port() -> u8 {', '    ports::channel()', '}')
  expect(placed(`# Ports\n\n${PACKAGE}${library}`)).toEqual(['Cargo.toml', 'src/lib.rs'])
})

const HEADER = fenced('cpp', '#pragma once', 'int read_port();')
const USER = fenced('cpp', '#include "port.h"', 'int main() { return read_port(); }')

test('without a crate, files of C++ stand side by side', () => {
  expect(placed(`# Ports\n\n${HEADER}${USER}`)).toEqual(['port.h', 'main.cc'])
})

test('and in the folders that CMake names', () => {
  const cmake = fenced(
    'cmake',
    'add_executable(port src/main.cc)',
    'target_include_directories(port PRIVATE include)',
  )
  expect(placed(`# Ports\n\n${HEADER}${USER}${cmake}`)).toEqual([
    'include/port.h',
    'src/main.cc',
    'CMakeLists.txt',
  ])
})
