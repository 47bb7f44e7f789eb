/** What is told of each hostile guide, when its code is its program. */
export const AS_PROGRAM: Record<string, { verdicts: RegExp; printed: RegExp }> = {
  'eats-memory': { verdicts: /^fails: .*used more than 512 MiB of memory/, printed: /^$/ },
  'eats-memory-together': {
    verdicts: /^fails: .*used more than 512 MiB of memory/,
    printed: /^(?:took 1920 MiB\n)?$/,
  },
  'fills-disk': { verdicts: /^fails: .*wrote more than 128 MiB to the disk/, printed: /^$/ },
  'fills-scratch': { verdicts: /^runs/, printed: /^(?:\S+: little\n){6}$/ },
  forks: {
    verdicts: /^builds: .*did not end within 10 s/,
    printed: /^no more after [1-6]?\d: Resource temporarily/,
  },
  'leaves-crowds': { verdicts: /^fails: .*left more than 2000 files/, printed: /^$/ },
  'leaves-folder': { verdicts: /^fails: its program panics: mend that/, printed: /^$/ },
  'leaves-pipe': { verdicts: /^runs/, printed: /^$/ },
  'leaves-symlink': { verdicts: /^runs/, printed: /^$/ },
  'makes-namespaces': {
    verdicts: /^runs/,
    printed: /^(?:.*: refused\n){3}Uid:(?:\t[1-9]\d*){4}\nCapEff:\t0+\nCapBnd:\t0+\nNoNewPrivs:\t1\n$/,
  },
  'names-passwd': { verdicts: /^runs/, printed: /^overwritten$/m },
  'opens-network': {
    verdicts: /^runs/,
    printed: /^(?:\S+: .*(?:refused|unreachable|Cannot assign).*\n){3}$/,
  },
  'prints-commands': { verdicts: /^fails: its program panics/, printed: /you have been hacked/ },
  'prints-for-ever': { verdicts: /^fails: its program printed more than 16 MiB/, printed: /dull boy/ },
  'reads-secret': {
    verdicts: /^runs/,
    printed: /^(?![\s\S]*(?:sesame|\/etc\/shadow))[\s\S]*CARGO_HOME=/,
  },
  sleeps: { verdicts: /^builds: .*did not end within 10 s/, printed: /good night/ },
  'stays-behind': { verdicts: /^runs/, printed: /^left$/m },
  'strange-crates': {
    verdicts: /^untried: .*`elsewhere`, .*taken from git/,
    printed: /^$/,
  },
  'writes-outside': { verdicts: /^runs/, printed: /^(?:seen not changed\n){2}$/ },
}

/** And when it is its build script, which runs while it is built. */
export const AS_BUILD_SCRIPT: Record<string, RegExp> = {
  'eats-memory': /^fails: cargo: cargo was stopped .*used more than 512 MiB of memory/,
  'eats-memory-together': /^fails: cargo: cargo was stopped .*used more than 512 MiB of memory/,
  'fills-disk': /^fails: cargo: cargo was stopped .*wrote more than 128 MiB to the disk/,
  'fills-scratch': /^runs/,
  forks: /^fails: cargo: cargo did not end within 20 s/,
  'leaves-crowds': /^fails: cargo: cargo was stopped .*left more than 2000 files/,
  'leaves-folder': /^untried: .*Is a directory/,
  'leaves-pipe': /^runs/,
  'leaves-symlink': /^untried: .*the program corrupted its work directory/,
  'makes-namespaces': /^runs/,
  'opens-network': /^runs/,
  'prints-commands': /^fails: cargo: the build script panicked/,
  'prints-for-ever': /^fails: cargo: cargo was stopped .*(?:of memory|to the disk)/,
  'reads-secret': /^runs/,
  sleeps: /^fails: cargo: cargo did not end within 20 s/,
  'stays-behind': /^runs/,
  'writes-outside': /^runs/,
}
