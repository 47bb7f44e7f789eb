import { readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { TextDocuments } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { linesOf } from './range.ts'

/** What an editor holds, by the path of its files. */
export type Documents = {
  /** Of all open documents, by their real path: it is read in place of what the disk has. */
  unsaved(): Map<string, Buffer>
  /** The lines of a file as the editor has it, else as the disk does; one empty line where it cannot be read. */
  lines(path: string): string[]
  /** The documents that are not on the disk as they are here, by their real path. */
  edited(): string[]
  /** How the editor calls a file. */
  uri(path: string): string
}

/** The real path of a document; `null` of what is no file. */
export function pathOf(uri: string): string | null {
  if (!uri.startsWith('file:')) return null
  const path = fileURLToPath(uri)
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}

export function documentsOf(open: TextDocuments<TextDocument>): Documents {
  const texts = () =>
    new Map(
      open.all().flatMap((document) => {
        const path = pathOf(document.uri)
        return path === null ? [] : [[path, document.getText()] as const]
      }),
    )
  const uris = () => new Map(open.all().map(({ uri }) => [pathOf(uri), uri]))
  return {
    uri: (path) => uris().get(path) ?? pathToFileURL(path).href,
    unsaved: () => new Map([...texts()].map(([path, text]) => [path, Buffer.from(text)])),
    lines: (path) => linesOf(texts().get(path) ?? textOf(path) ?? ''),
    edited: () => [...texts()].flatMap(([path, text]) => (text === textOf(path) ? [] : [path])),
  }
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
