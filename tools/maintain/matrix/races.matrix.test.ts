import { spawnSync } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectOf } from '@cookbook/toolchain/container'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { commit, openSmallCheckout } from '../checkout/checkout.ts'
import { editShown } from '../checkout/edit.ts'
import { freshShell } from '../checkout/run.ts'
import { readResults } from './results.ts'

const CELL = `docker/${process.env.RACES_CXX || 'clang++-19'}/c++20/stable/debug/threads`
const small = openSmallCheckout(['ebb'])
const dir = join(small.root, 'patterns/ebb')
afterAll(() => {
  const { name } = projectOf(small.root)
  spawnSync('docker', ['rm', '--force', name, `${name}-fetch`])
  small[Symbol.dispose]()
})

/**
 * Two threads of Rust's, which take turns in Rust, and then in C++. They wait for each other before: what one does when
 * the other has not begun is no race.
 */
const RACE = `use std::{
    cell::UnsafeCell,
    sync::{Barrier, Mutex},
    thread,
};

struct Tally(UnsafeCell<u64>);
unsafe impl Sync for Tally {}

impl Tally {
    fn add(&self) {
        unsafe { *self.0.get() += 1 };
    }
}

#[test]
fn two_threads_take_turns_in_rust() {
    let (tally, turn) = (Tally(UnsafeCell::new(0)), Mutex::new(()));
    let both = Barrier::new(2);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                both.wait();
                let _turn = turn.lock();
                tally.add();
            });
        }
    });
    assert_eq!(tally.0.into_inner(), 2);
}

#[test]
fn two_threads_take_turns_in_cpp() {
    let both = Barrier::new(2);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                both.wait();
                assert_eq!(ebb::height(3), ebb::height(3));
            });
        }
    });
}
`
const ADDS = '  asked += 1;\n'
const TURNS = `  pthread_mutex_lock(&turn);\n${ADDS}  pthread_mutex_unlock(&turn);\n`
const COUNTED = `#include <pthread.h>

[[maybe_unused]] static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static int asked = 0;

static void count() {
${TURNS}}
`

const change = (found: string, by: string) => editShown(dir, 'src/ebb.cc', found, by)
/** The line of a text in a file of the chapter. */
const lineOf = (path: string, found: string) =>
  readFileSync(join(dir, path), 'utf8').split(found)[0]!.split('\n').length

/** What is found in the chapter, under ThreadSanitizer. */
function verify(): string {
  commit(small.root)
  const out = join(small.root, 'target/table')
  const { DOCKER_HOST = '' } = process.env
  const { stdout, stderr } = spawnSync(
    'npm',
    ['run', 'matrix', '--', `--cells=${CELL}`, '--keep', `--out=${out}`],
    {
      cwd: small.root,
      encoding: 'utf8',
      env: { ...freshShell(), ...(DOCKER_HOST && { DOCKER_HOST }) },
    },
  )
  const saved = readResults(join(out, 'matrix.json'))
  const result = saved.kind === 'read' ? saved.results[CELL] : undefined
  if (result?.kind !== 'ran') throw new Error(`${CELL} did not run: ${stdout}${stderr}`)
  const chapter = result.chapters.ebb!
  if (chapter.kind === 'cannot') throw new Error(chapter.why)
  return chapter.kind === 'failed' ? chapter.findings : ''
}

beforeAll(() => {
  appendFileSync(join(dir, 'verify.test.ts'), "ebb.proves('tests/race.rs')\n")
  // The small pattern's C++ is built without the lines that it would be named by.
  editShown(dir, 'build.rs', '"-std=c++20"', '"-g", "-std=c++20"')
  change('#include "ebb.h"\n', `#include "ebb.h"\n${COUNTED}`)
  change('  return MEAN_HEIGHT', '  count();\n  return MEAN_HEIGHT')
})

beforeEach(() => writeFileSync(join(dir, 'tests/race.rs'), RACE))

test('threads that take turns in Rust and in C++ are no race', () => {
  expect(verify()).toBe('')
})

test('a race in C++ is found at its line', () => {
  onTestFinished(change(TURNS, ADDS))
  const line = lineOf('README.md', ADDS)
  expect(verify()).toMatch(
    new RegExp(
      `^patterns/ebb/README\\.md:${line}:\\d+ .*two_threads_take_turns_in_cpp under threads: ThreadSanitizer: data race`,
    ),
  )
})

test('a race in Rust is found at its line', () => {
  writeFileSync(join(dir, 'tests/race.rs'), RACE.replace('turn.lock()', '&turn'))
  const line = lineOf('tests/race.rs', '*self.0.get() += 1')
  expect(verify()).toMatch(
    new RegExp(
      `^patterns/ebb/tests/race\\.rs:${line}:\\d+ .*two_threads_take_turns_in_rust under threads: ThreadSanitizer: data race`,
    ),
  )
})
