import type { Command } from './command-line.ts'

/** The commands that ship; `npm run` has them in this repository. */
export const COMMANDS = {
  audit: {
    name: 'audit',
    usage: 'cookbook audit [options] GUIDE.md|FOLDER...',
    about: 'Says of each block of a guide what its reader gets: docs/sandbox.md says what the code may do.',
    exits: { 0: 'nothing that --fail-on names', 1: 'something of it' },
  },
  doctor: {
    name: 'doctor',
    usage: 'npm run doctor',
    about: 'Shows every tool that was found, its version, its floor and what to install.',
    exits: { 0: 'the guide can be verified here', 1: 'it cannot' },
  },
  sync: {
    name: 'sync',
    usage: 'npm run sync [-- [--from-chapter] [pattern...]]',
    about: 'Writes each example from its source into its chapter, or the other way.',
    exits: { 0: 'all are equal now', 1: 'something is left, and why' },
  },
  verify: {
    name: 'verify',
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
    usage: 'npm run watch [-- [--fresh] [pattern...]]',
    about: 'Checks again what each save affects. Ends with Ctrl-C.',
    exits: { 0: 'it was ended' },
  },
} as const satisfies Record<string, Command>
