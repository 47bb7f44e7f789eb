import type { Command } from '@cookbook/cli/command-line'

/** The commands of those who maintain this repository. */
export const COMMANDS = {
  'audit:bare': {
    name: 'audit:bare',
    usage: 'npm run audit:bare [-- pattern...]',
    about: 'Audits our own chapters without their info strings, in the sandbox.',
    exits: { 0: 'every block is good', 1: 'one is not' },
  },
  bench: {
    name: 'bench',
    usage: '[BENCH_RUNS=5] npm run bench [-- watch]',
    about:
      'Measures in a copy of the checkout how long verification takes beside plain cargo and g++, as ratios of two things in one run, and how soon a save is answered while watching: with the word watch that alone. The latter is kept in docs/data/watch.json and written into docs/measurements.md. BENCH_RUNS says how often; the median counts.',
    exits: { 0: 'every goal is met', 1: 'one is missed', 2: 'nothing was measured, and why' },
  },
  'bench:audit': {
    name: 'bench:audit',
    usage: '[BENCH_RUNS=3] npm run bench:audit',
    about:
      'Measures how long an audit takes, keeps it in docs/data/audit.json and writes docs/measurements.md.',
    exits: { 0: 'every goal is met', 1: 'one is missed' },
  },
  coverage: {
    name: 'coverage',
    usage: 'npm run coverage [-- [--keep] [pattern...]]',
    about:
      'Runs the programs and tests of these chapters, or of all, from a build that counts, and shows which of the shown lines of Rust and C++ ran: a table, and below target/coverage each chapter with its lines marked (index.html), and all as JSON (coverage.json). On the host alone, with g++, whose gcov is read.',
    exits: {
      0: 'every line ran or has a reason in the chapter',
      1: 'one has none',
      2: 'nothing was run, and why',
    },
  },
  faults: {
    name: 'faults',
    usage: 'npm run faults [-- --write | word...]',
    about:
      "Plants faults into good pages, one at a time, and says which of them the audit, the contract's check and the runner find, beside what others find in the same blocks. Words choose the faults that have each of them in their page, name, judge or place.",
    exits: {
      0: 'each is found within its block, and nothing in a page without one',
      1: 'not so',
      2: 'none was planted, and why',
    },
  },
  matrix: {
    name: 'matrix',
    usage:
      'npm run matrix [-- [--cells GLOB]... [--filter pattern]... [--list | --merge FILE...] [--keep] [--out FOLDER]]',
    about:
      'Verifies the chapters in every cell of the matrix, one cell after another, shows the table, and keeps what it saw.',
    exits: { 0: 'no chapter failed', 1: 'one did' },
  },
  mutate: {
    name: 'mutate',
    usage: 'npm run mutate [-- pattern...]',
    about:
      'Breaks the patterns, one line at a time, in a copy of the checkout, and expects the test of the claim that the line stands for to fail.',
    exits: { 0: 'each mutation is seen, and each claim has one', 1: 'not so' },
  },
  package: {
    name: 'package',
    usage: 'npm run package',
    about: 'Bundles the tools into the npm package that ships, and packs it below target/package.',
    exits: { 0: 'it is there' },
  },
  'public-guides': {
    name: 'public-guides',
    usage: 'npm run public-guides -- FOLDER [guide...]',
    about:
      'Audits the clones of public guides that lie in FOLDER, all or those that are named, keeps what that gave in docs/data/public-guides.json and writes docs/public-guides.md.',
    exits: { 0: 'the page is written', 2: 'a clone is not there, or this was not understood' },
  },
  reliability: {
    name: 'reliability',
    usage: '[RELIABILITY_KILLS=50] [RELIABILITY_SEED=7] [RELIABILITY_KEEP=1] npm run reliability',
    about:
      'Kills runs, fills disks and takes networks away, and expects every verdict to be right all the same.',
    exits: { 0: 'each was', 1: 'one was not' },
  },
  scale: {
    name: 'scale',
    usage: 'npm run scale -- patterns...',
    about:
      'Verifies generated repositories of so many patterns, and keeps what that took in docs/data/scale.json.',
    exits: { 0: 'it was measured' },
  },
  soak: {
    name: 'soak',
    usage: 'npm run soak [-- [--rounds 50] [--sanitized] [pattern...]]',
    about:
      'Runs every Rust test of the patterns again and again while all processors are kept busy. A test that fails once is named.',
    exits: { 0: 'none failed', 1: 'one did' },
  },
} as const satisfies Record<string, Command>
