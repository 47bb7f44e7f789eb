import { watch } from 'chokidar'
import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { chapterActions } from './chapter/actions.ts'
import { type ChapterNow, patternOf, readChapter } from './chapter/chapter.ts'
import { claimLinks } from './chapter/claim-links.ts'
import { chapterDiagnostics } from './chapter/diagnostics.ts'
import { chapterHover } from './chapter/hover.ts'
import { documentsOf, pathOf } from './editor/documents.ts'
import { openPublisher } from './editor/publish.ts'
import { holds } from './editor/range.ts'
import { pageActions } from './page/actions.ts'
import { notAudited, pageDiagnostics } from './page/diagnostics.ts'
import { pageHover } from './page/hover.ts'
import { auditPage, type PageNow, readPage } from './page/page.ts'
import { openQueue } from './queue.ts'

/** Saves and keys that follow one another this closely are one. */
const QUIET_MS = 200

const CAPABILITIES: InitializeResult = {
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    documentLinkProvider: {},
    definitionProvider: true,
  },
  serverInfo: { name: 'cookbook' },
}

/**
 * Answers an editor. A page is looked at when it is opened, changed and saved, and audited when it is opened and saved; a
 * chapter of a guide is looked at, with its evidence. `end` ends all that runs, and resolves when nothing does.
 */
export function serve(
  connection: Connection,
  root: string,
  args: readonly string[],
): { end(): Promise<void> } {
  const open = new TextDocuments(TextDocument)
  const documents = documentsOf(open)
  const pages = new Map<string, PageNow>()
  const chapters = new Map<string, ChapterNow>()
  const timers = new Map<string, NodeJS.Timeout>()
  const publish = openPublisher((path, diagnostics) => {
    connection.sendDiagnostics({ uri: documents.uri(path), diagnostics })
  })
  const evidence = watch([], { ignoreInitial: true })
  const failed = (error: unknown) => connection.console.error(String((error as Error)?.stack ?? error))

  const queue = openQueue(async (path, signal) => {
    const page = pages.get(path)
    if (page === undefined) return
    const shown = await connection.window.createWorkDoneProgress()
    shown.begin('cookbook', undefined, 'reading the page')
    try {
      const done = await auditPage(page, root, signal, (text) => shown.report(text))
      if (signal.aborted || !pages.has(path)) return
      if (done.kind === 'refused') connection.console.warn(`${path} was not audited: ${done.problem}`)
      const result =
        done.kind === 'refused' ? { problem: done.problem } : { audited: done.audited, problem: null }
      await show({ ...pages.get(path)!, ...result })
    } catch (error) {
      if (!signal.aborted) failed(error)
    } finally {
      shown.done()
    }
  })

  /** Looks at what the editor has of a file now, after what it had before. */
  let looks = Promise.resolve()
  function look(path: string, audits: boolean): void {
    looks = looks.then(() => lookNow(path, audits)).catch(failed)
  }

  async function lookNow(path: string, audits: boolean): Promise<void> {
    const place = patternOf(path)
    if (place !== null) {
      const chapter = await readChapter(place, documents)
      chapters.set(place.chapter, chapter)
      evidence.add(`${place.dir}/evidence.json`)
      publish(place.chapter, chapterDiagnostics(chapter, documents))
      return
    }
    const page = await readPage(path, args, documents)
    if (page?.kind === 'page') {
      const { audited = null, problem = null } = pages.get(path) ?? {}
      await show({ ...page, audited, problem })
      if (audits) queue.add(path)
      return
    }
    forget(path)
    if (page !== null) publish(path, new Map([[path, [notAudited(page.problem)]]]))
  }

  async function show(page: PageNow): Promise<void> {
    pages.set(page.path, page)
    publish(page.path, await pageDiagnostics(page, documents))
  }

  function forget(path: string): void {
    queue.drop(path)
    pages.delete(path)
    publish(path, new Map())
  }

  /** The same when nothing more was saved or typed for a moment; one that audits is not forgotten over one that does not. */
  const audited = new Set<string>()
  function soon(uri: string, audits: boolean): void {
    const path = pathOf(uri)
    if (path === null) return
    if (audits) audited.add(path)
    clearTimeout(timers.get(path))
    const later = () => {
      timers.delete(path)
      look(path, audited.delete(path))
    }
    timers.set(path, setTimeout(later, QUIET_MS))
  }

  connection.onInitialize(() => CAPABILITIES)
  open.onDidOpen(({ document }) => soon(document.uri, true))
  open.onDidChangeContent(({ document }) => soon(document.uri, false))
  open.onDidSave(({ document }) => soon(document.uri, true))
  open.onDidClose(({ document }) => {
    const path = pathOf(document.uri)
    if (path === null) return
    clearTimeout(timers.get(path))
    forget(path)
  })
  evidence.on('all', (_, path) => {
    const chapter = [...chapters.values()].find(({ dir }) => path.startsWith(`${dir}/`))
    if (chapter !== undefined) look(chapter.chapter, false)
  })
  const at = (uri: string) => {
    const path = pathOf(uri)
    return { page: pages.get(path ?? ''), chapter: chapters.get(path ?? '') }
  }
  connection.onHover(({ textDocument, position }) => {
    const { page, chapter } = at(textDocument.uri)
    const value = chapter ? chapterHover(chapter, position) : page ? pageHover(page, position) : null
    return value === null ? null : { contents: { kind: 'plaintext', value } }
  })
  connection.onCodeAction(({ textDocument, range, context: { diagnostics } }) => {
    const { page, chapter } = at(textDocument.uri)
    if (chapter !== undefined) return chapterActions(chapter, range, diagnostics, documents)
    return page === undefined ? [] : pageActions(page, range, diagnostics, documents)
  })
  const linksOf = (uri: string) => {
    const { chapter } = at(uri)
    return chapter === undefined ? [] : claimLinks(chapter, documents)
  }
  connection.onDocumentLinks(({ textDocument }) =>
    linksOf(textDocument.uri).map(({ range, test }) => ({
      range,
      target: `${test.uri}#L${test.range.start.line + 1}`,
      tooltip: 'the test that proves it',
    })),
  )
  connection.onDefinition(({ textDocument, position }) =>
    linksOf(textDocument.uri)
      .filter(({ range }) => holds(range.start.line + 1, range.end.line + 1, position))
      .map(({ test }) => test),
  )
  async function end(): Promise<void> {
    for (const timer of timers.values()) clearTimeout(timer)
    await looks
    await Promise.all([queue.end(), evidence.close()])
  }
  connection.onShutdown(end)
  open.listen(connection)
  return { end }
}
