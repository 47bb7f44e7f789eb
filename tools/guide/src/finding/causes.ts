/** Every problem that can be found, and how it comes about. docs/errors.md is made of it, with an example of each. */
export const CAUSES = {
  'unclosed-fence':
    'A fence is opened and not closed before the end of the chapter, or of the list or quote around it.',
  'unknown-attribute': 'The line that opens a fence holds more than a language and a source.',
  'no-source': 'A block shows text that comes from no file, so nothing can prove it.',
  'empty-block': 'A fence names a source and shows nothing of it yet, or a diagram is empty.',
  'fence-in-html':
    'A fence follows an HTML tag without a blank line between them, so that it is shown as plain text.',
  'unclosed-comment': 'An HTML comment is not closed, and swallows what comes after it.',
  'file-not-found':
    'A fence or a claim names a file that the package does not have, or the package has no chapter.',
  'outside-package':
    'A path leads out of the package by itself or by a link, so that a reader could not paste it.',
  'region-missing': 'A fence names a region, and the file has no anchors of that name.',
  'region-twice': 'Two regions of a file have one name.',
  'region-unclosed': 'A region begins and does not end.',
  'region-unopened': 'A region ends and was not begun.',
  'region-empty': 'There is nothing between the anchors of a region.',
  'invalid-utf8':
    'A file holds bytes that are not UTF-8: it was saved in another encoding, or it is not text.',
  drift: 'The fence or its source was edited, and the other was not.',
  conflict:
    'Sync would overwrite text that exists nowhere else: both sides were edited, or one cannot be written back.',
  'not-pasteable':
    'The examples, pasted in order, are not the files: a line is shown twice, out of order or not at all.',
  'claim-unlinked': 'An item under “What can go wrong” links to no test.',
  'claim-heading': 'The chapter has no heading “What can go wrong”, or a misspelt one, so it has no claims.',
  'claim-target-missing':
    'A claim links to a file that is not there, or the runner names a test file without tests.',
  mutation:
    'A claim has no mutation that its test must notice, or a mutation changes text that is no longer there.',
  'claim-unproved': 'A claim links to a test that did not run, or did not pass.',
  contents: 'The table of contents, the packages in patterns/ and the dependencies of the guide differ.',
  unproved:
    'A file is shown or in the folder, but no compiler read it, no program printed it and no runner ran it.',
  'not-verified':
    'A chapter needs a library or a tool that this machine lacks, so it is neither proved nor wrong.',
  'never-ran': 'A line of Rust or C++ is shown, and no program and no test of the pattern ran it.',
  'unused-exemption':
    'A comment says that a shown line never runs, but the line did run, holds no code, or is not shown.',
  'no-evidence': 'The runner exited before writing its results.',
  'toolchain-lost':
    'The container in which a chapter was verified, or its engine, disappeared while a command ran.',
  'no-network':
    'Crates that the chapter needs were never fetched on this machine, and their registry cannot be reached.',
  'no-space': 'A disk was full, so a verification could not write what it builds, or its results.',
  'build-failed':
    'cargo, rustc, the bridge, the C++ compiler, CMake or the linker refused the code, or warned of it.',
  'wrong-output': 'A program prints something else than its chapter shows.',
  'wrong-exit':
    'A program does not end as its chapter says: it has another exit code, dies by a signal, or does not end.',
  'wrong-diagnostic': 'What must not compile does compile, or fails for another reason than the runner says.',
  'test-failed': 'A test panicked, crashed, is ignored, or could not be listed.',
  'timed-out':
    'A program or a test did not end within its time limit, and was ended with all that it had started.',
  'output-limit': 'A program or a test printed more than its output limit, and was ended.',
  'memory-error': 'valgrind or a sanitizer saw a memory error, a leak or undefined behaviour.',
  'stale-evidence':
    'A cache replayed evidence of other files or of another toolchain: files changed since verification.',
  'forged-evidence':
    'The evidence in the folder or in a cache was not written by the harness of this user or team.',
  'changed-while-verified':
    'A file was saved while it was being verified, so the results may match neither version.',
  unreadable: 'A FIFO, a device, a socket, a circular link or a huge file is where a text file is expected.',
  'hidden-input':
    'What was built depends on something that the chapter does not show: a file, a setting, a variable or a crate.',
  'not-compiled':
    'Code is shown that no compiler judged: it is configured away, or a macro or a template that nothing uses.',
  'warning-silenced': 'Shown code, a manifest or a build script keeps a compiler from warning.',
  'no-assertion': 'A test asserts nothing about the pattern, so it passes whatever the pattern does.',
  'promises-nothing': 'A runner says so little about an expected failure that any failure would pass.',
  'runner-form': 'A runner holds more than the checks of its pattern, so it could skip or fake them.',
  'not-run': 'A check of the runner did not run, because vitest was configured to leave it out.',
} as const satisfies Record<string, string>

/** Codes that had another name, by which reports and links may still know them. */
export const OLD_CODES: ReadonlyMap<string, keyof typeof CAUSES> = new Map([
  ['unsanitary', 'memory-error'],
  ['reason-void', 'unused-exemption'],
])
