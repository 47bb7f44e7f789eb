import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'

const ELF = Buffer.from('\x7fELF', 'latin1')

/**
 * What a C++ compiler, run in `cwd`, says in a .d file that it read. A build script can write such a file itself, or add
 * to one: what counts has an object that was finished after it and names the source.
 */
export async function compiledFrom(path: string, cwd: string): Promise<string[]> {
  const [{ ctimeNs: since }, text] = await Promise.all([stat(path, { bigint: true }), readFile(path, 'utf8')])
  const read = prerequisites(text)
  const object = resolve(cwd, unquoted(text.slice(0, text.indexOf(': '))))
  const found = await stat(object, { bigint: true }).catch(() => null)
  if (read.length === 0 || found === null || !found.isFile() || found.ctimeNs < since) return []
  const bytes = await readFile(object)
  return bytes.subarray(0, ELF.length).equals(ELF) && bytes.includes(basename(read[0]!)) ? read : []
}

/** The prerequisites of a Makefile rule, with its escaped spaces and continued lines. */
export function prerequisites(text: string): string[] {
  const rules = text
    .replace(/\\\r?\n/g, ' ')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
  return rules.flatMap((rule) => {
    const at = rule.indexOf(': ')
    return at < 0 ? [] : (rule.slice(at + 2).match(/(?:\\.|[^\s\\])+/g) ?? []).map(unquoted)
  })
}

/** A path as make reads it: behind a backslash anything is itself, and two dollars are one. */
const unquoted = (path: string) => path.replace(/\\(.)|\$\$/g, (_, quoted = '$') => quoted)
