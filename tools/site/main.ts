/**
 * `npm run site [-- --open]`: builds the site below target/site from the chapters and pages as they are, and shows it.
 */

import { join } from 'node:path'
import { type Command, leave, readArguments, refused } from '@cookbook/cli/command-line'
import { build, serve } from 'vitepress'

const COMMAND = {
  name: 'site',
  usage:
    '[SITE_BASE=/name/] [SITE_REPOSITORY=https://host/owner/name] npm run site [-- --open [--port 4173]]',
  about:
    'Builds the site from the chapters and pages as they are, with what the evidence beside them says, into target/site. Links to files lead to the repository that SITE_REPOSITORY, the workflow or the remote origin names.',
  exits: { 0: 'it was built', 1: 'a page or a link is broken' },
} as const satisfies Command

const parsed = readArguments(COMMAND, process.argv.slice(2), {
  open: { type: 'boolean', help: 'serve it on this machine until Ctrl-C' },
  port: { type: 'string', value: 'number', help: 'the port to serve it at', default: '4173' },
})
if (parsed.kind === 'refused') leave(COMMAND, parsed)
const { open, port } = parsed.values
if (!/^\d{1,5}$/.test(port)) leave(COMMAND, refused(COMMAND, `--port is "${port}", expected a number`))

await build(import.meta.dirname)
console.log(`built: ${join('target/site', 'index.html')}`)
if (open) await serve({ root: import.meta.dirname, port: Number(port) })
