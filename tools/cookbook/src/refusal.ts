/** Why `npm run matrix` or `npm run coverage` does not begin: what was typed or is there, and what to do. */
export type Refusal = { problem: string; remedy: string }

/** `said` is Node's own sentence, which may go on with advice for another command. */
export function strangeOption(said: string, command: string): Refusal {
  return { problem: said.split(/\. |\n/)[0]!, remedy: `npm run ${command} -- --help` }
}

export function noChapter(slugs: readonly string[], chapters: readonly string[], command: string): Refusal {
  return {
    problem: `no chapter is named ${slugs.join(', ')}, expected one of: ${chapters.join(', ')}`,
    remedy: `npm run ${command} for all of them, or a name as it stands there`,
  }
}

export function noCell(globs: readonly string[], example: string): Refusal {
  return {
    problem: `no cell matches ${globs.join(' or ')}, expected a glob of names like ${example}`,
    remedy: 'npm run matrix -- --list names them; ** stands for any number of their words, * for one',
  }
}

export function unreadable(path: string, why: string): Refusal {
  return {
    problem: `${path} cannot be read: ${why}`,
    remedy: 'give --merge files that npm run matrix wrote',
  }
}

export function noResults(path: string, why: string): Refusal {
  return {
    problem: `${path} is not what npm run matrix writes: ${why}`,
    remedy: 'take it back with git, or delete it and run its cells again',
  }
}

/** A JSON file that is not results is refused by what it holds in place of a cell. */
export function strangeCell(name: string): string {
  return `"${name}" holds no cell, expected kind "ran" with chapters or kind "cannot" with why`
}

export function onlyOnHost(found: string): Refusal {
  return {
    problem: `TOOLCHAIN is "${found}", and only the host's programs are covered, expected host or nothing`,
    remedy:
      'TOOLCHAIN=host npm run coverage; Debian has no LLVM tools of the version that the Rust in the image writes for',
  }
}

/** As it is printed. */
export function spellRefusal(command: string, { problem, remedy }: Refusal): string {
  return `${command}: ${problem}\n  ${remedy}`
}
