import type { Command } from './command-line.ts'
import { MANNERS } from './manners.ts'

/** The commands that ship; `npm run` has them in this repository. */
export const COMMANDS = {
  audit: {
    name: 'audit',
    also: MANNERS,
    usage: 'cookbook audit [options] [GUIDE.md|FOLDER|-...]',
    about:
      'Reports for each block of a guide what its reader gets. docs/sandbox.md says what its code may do.',
    exits: { 0: 'no finding that --fail-on names', 1: 'at least one' },
  },
  completion: {
    name: 'completion',
    also: MANNERS,
    usage: 'cookbook completion bash|zsh|fish',
    about: 'Prints shell completions of these commands: source <(cookbook completion bash).',
    exits: { 0: 'it is printed' },
  },
  doctor: {
    name: 'doctor',
    also: MANNERS,
    usage: 'cookbook doctor [--json] [pattern...]',
    about: 'Shows every tool that was found, its version, its floor and what to install.',
    exits: { 0: 'the guide, or the named patterns, can be verified here', 3: 'they cannot' },
  },
  init: {
    name: 'init',
    also: MANNERS,
    usage: 'cookbook init [--json] [FOLDER]',
    about: 'Makes a guide with one pattern, its runner, its tasks and its CI, which passes at once.',
    exits: {
      0: 'it was made',
      2: 'this was not understood, or something else is there',
      3: 'there is no toolchain',
    },
  },
  lsp: {
    name: 'lsp',
    also: MANNERS,
    usage: 'cookbook lsp [options]',
    about:
      'A language server for editors: shows what an audit, or the evidence of a chapter, says of the open page.',
    exits: { 0: 'the editor ended it', 1: 'the editor went away' },
  },
  new: {
    name: 'new',
    also: MANNERS,
    usage: 'cookbook new pattern [--title "A few words"]',
    about: 'Makes a new pattern that passes at once. `npm run new` asks for a missing name.',
    exits: { 0: 'it was made', 1: 'it could not be made' },
  },
  sync: {
    name: 'sync',
    also: MANNERS,
    usage: 'npm run sync [-- [--from-chapter] [--json] [pattern...]]',
    about: 'Writes each example from its source into its chapter, or the other way.',
    exits: { 0: 'all are equal now', 1: 'something could not be written' },
  },
  verify: {
    name: 'verify',
    also: MANNERS,
    usage: 'npm run verify -- [pattern...] [--force] [--sarif=FILE] [--junit=FILE] [turbo options]',
    about: 'Proves the chapters: each example compiles, runs and does what its chapter says.',
    exits: {
      0: 'what was selected is proved',
      1: 'something is wrong',
      2: 'nothing was selected, or this was not understood',
      3: 'there is no toolchain',
    },
  },
  watch: {
    name: 'watch',
    also: MANNERS,
    usage: 'npm run watch [-- [--fresh] [--json] [pattern...]]',
    about: 'Checks again what each save affects. Ends with Ctrl-C.',
    exits: { 0: 'it was ended' },
  },
} as const satisfies Record<string, Command>
