import { type Project, textOf } from './project.ts'

/** The language standard that the package's C++ is compiled with; what the compiler itself takes without a word. */
export function standardOf({ files }: Project): string {
  const script = files.get('build.rs')
  return (
    (script === undefined
      ? null
      : /(?:\.std\(\s*"|-std=|\/std:)((?:c|gnu)\+\+\w+)/.exec(textOf(script))?.[1]) ??
    (script === undefined ? 'c++20' : 'gnu++17')
  )
}
