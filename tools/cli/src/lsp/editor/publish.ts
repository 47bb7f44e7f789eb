import type { Diagnostic } from 'vscode-languageserver'

/** What is wrong with files, by their path. */
export type ByFile = ReadonlyMap<string, readonly Diagnostic[]>

/**
 * Tells an editor what is wrong with each file, by whoever found it: a page and what includes it may both have something
 * to say of one file. An owner is called by its own file. `send` gets all that is known of a file whenever some of it is another.
 */
export function openPublisher(send: (path: string, diagnostics: Diagnostic[]) => void) {
  const owners = new Map<string, ByFile>()
  return function publish(owner: string, found: ByFile): void {
    const before = owners.get(owner) ?? new Map()
    owners.set(owner, found)
    // Of its own file it says too that nothing is wrong.
    for (const path of new Set([owner, ...before.keys(), ...found.keys()]))
      send(
        path,
        [...owners.values()].flatMap((all) => [...(all.get(path) ?? [])]),
      )
  }
}
