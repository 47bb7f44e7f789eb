/** Why `npm run matrix` or `npm run coverage` does not begin: what was typed or is there, and what to do. */
export type Refusal = { problem: string; remedy: string }

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
