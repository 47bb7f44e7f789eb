import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node'
import { readArguments, refused, spell } from '../command-line.ts'
import { COMMANDS } from '../commands.ts'
import { OPTIONS } from './page/settings.ts'
import { serve } from './server.ts'

/**
 * `cookbook lsp`: a language server on standard input and output, which ends with the editor. `root` is the folder below
 * which audits keep what they build.
 */
export async function lsp(root: string, args: readonly string[]): Promise<number> {
  const parsed = readArguments(
    COMMANDS.lsp,
    args.filter((arg) => arg !== '--no-config'),
    OPTIONS,
  )
  if (parsed.kind === 'refused' || parsed.words.length > 0) {
    const wrong = refused(COMMANDS.lsp, 'a word is there, expected options alone')
    console.error(spell(COMMANDS.lsp, parsed.kind === 'refused' ? parsed : wrong))
    return 2
  }
  // Standard output is the protocol's: what a library prints goes where people look.
  console.log = console.info = console.error
  // As messages and not as streams, with whose end the library would end this process before its commands have ended.
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(process.stdin),
    new StreamMessageWriter(process.stdout),
  )
  const server = serve(connection, root, args)
  connection.listen()
  await new Promise<void>((resolve) => {
    process.stdin.once('end', resolve).once('close', resolve)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await server.end()
  // The library looks every few seconds whether the editor is there, which would keep this process.
  process.exit(1)
}
