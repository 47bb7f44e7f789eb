import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { vi } from 'vitest'
import {
  type CodeAction,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextEdit,
} from 'vscode-languageserver/node'

const MAIN = join(import.meta.dirname, '../src/main.ts')

export const uriOf = (path: string): string => pathToFileURL(path).href

/** An editor without a screen: a language server that was started as editors do, and what it said. */
export async function openEditor(args: readonly string[], limitMs: number, env: NodeJS.ProcessEnv = {}) {
  const server = spawn(process.execPath, [MAIN, 'lsp', ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => server.once('close', resolve))
  let said = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  )
  const published = new Map<string, Diagnostic[]>()
  connection.onNotification(
    'textDocument/publishDiagnostics',
    ({ uri, diagnostics }: PublishDiagnosticsParams) => {
      published.set(uri, diagnostics)
    },
  )
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
    said += `${message}\n`
  })
  connection.listen()
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
  })
  await connection.sendNotification('initialized', {})
  const texts = new Map<string, string>()
  let version = 0
  const notify = (what: string, path: string, more: object = {}) =>
    connection.sendNotification(`textDocument/${what}`, { textDocument: { uri: uriOf(path) }, ...more })

  return {
    pid: server.pid!,
    initialized,
    said: () => said,
    async open(path: string): Promise<void> {
      const text = readFileSync(path, 'utf8')
      texts.set(path, text)
      const textDocument = { uri: uriOf(path), languageId: 'markdown', version: ++version, text }
      await connection.sendNotification('textDocument/didOpen', { textDocument })
    },
    /** The text of a document becomes another, which is not saved. */
    async type(path: string, text: string): Promise<void> {
      texts.set(path, text)
      const textDocument = { uri: uriOf(path), version: ++version }
      await connection.sendNotification('textDocument/didChange', {
        textDocument,
        contentChanges: [{ text }],
      })
    },
    save: (path: string) => notify('didSave', path),
    close: (path: string) => notify('didClose', path),
    text: (path: string) => texts.get(path)!,
    /** What is wrong with a file now, once that satisfies. */
    diagnostics: (path: string, satisfies: (found: Diagnostic[]) => boolean): Promise<Diagnostic[]> =>
      vi.waitFor(
        () => {
          const found = published.get(uriOf(path))
          if (found === undefined || !satisfies(found))
            throw new Error(`${path}: ${JSON.stringify(found, null, 1)}\n${said}`)
          return found
        },
        { timeout: limitMs, interval: 50 },
      ),
    actions: (path: string, line: number): Promise<CodeAction[]> => {
      const range = { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 0 } }
      const diagnostics = (published.get(uriOf(path)) ?? []).filter(
        ({ range: { start, end } }) => start.line < line && line - 1 <= end.line,
      )
      const textDocument = { uri: uriOf(path) }
      return connection.sendRequest('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics },
      })
    },
    async hover(path: string, line: number): Promise<string | null> {
      const position = { line: line - 1, character: 0 }
      const textDocument = { uri: uriOf(path) }
      const hover: Hover | null = await connection.sendRequest('textDocument/hover', {
        textDocument,
        position,
      })
      return hover === null ? null : (hover.contents as { value: string }).value
    },
    ask: <T>(what: string, path: string, more: object = {}): Promise<T> =>
      connection.sendRequest(`textDocument/${what}`, { textDocument: { uri: uriOf(path) }, ...more }),
    /** As an editor ends a server; answers the server's exit code. */
    async exit(): Promise<number | null> {
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      return ended
    },
    /** As an editor that was killed. */
    vanish(): Promise<number | null> {
      server.stdin.end()
      return ended
    },
  }
}

export type Editor = Awaited<ReturnType<typeof openEditor>>

/** A text after the edits of an action. */
export function applied(text: string, edits: readonly TextEdit[]): string {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const at = ({ line, character }: { line: number; character: number }) =>
    (starts[line] ?? text.length) + character
  return edits
    .toSorted((a, b) => at(b.range.start) - at(a.range.start))
    .reduce(
      (now, { range, newText }) => now.slice(0, at(range.start)) + newText + now.slice(at(range.end)),
      text,
    )
}
