#!/usr/bin/env bash
# The long forms of the crates' tests, each by its name, or all: crates/long.sh [clang|later|asan|tsan|memcheck|loom|speed|compile]...
# Each has a target folder of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

# Those that hand coroutines between threads.
RACES=(-p cxx-await-tests --test owners --test streams --test local)
TARGET=$(rustc -vV | sed -n 's/^host: //p')

clang() { CXX=${CLANG:-clang++-19} cargo test --locked --target-dir target/long/clang -p cxx-await-tests; }

# As g++ 15.0 to 15.2 need it: a frame is not destroyed inside its own await_suspend.
later() { CXXFLAGS=-DCXX_AWAIT_DESTROYS_LATER=1 cargo test --locked --target-dir target/long/later -p cxx-await-tests; }

# Frames and what they hold: used when freed, freed twice, leaked. clang, as g++ overflows the stack under it in a loop of
# awaits (see crates/README.md). Rust's half by nightly.
asan() {
  CXX=${CLANG:-clang++-19} CXXFLAGS="-fsanitize=address -O1" RUSTFLAGS=-Zsanitizer=address \
    cargo +nightly test --locked --target "$TARGET" --target-dir target/long/asan -p cxx-await-tests
}

# With std instrumented, or it reports races that are not there. It takes back what keeps g++'s stack from growing in a loop of awaits.
tsan() {
  CXXFLAGS="-fsanitize=thread -g" RUSTFLAGS=-Zsanitizer=thread \
    cargo +nightly test --locked -Zbuild-std --target "$TARGET" --target-dir target/long/tsan "${RACES[@]}" -- --skip a_million_steps
}

memcheck() {
  CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER="valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite" \
    cargo test --locked --target-dir target/long/memcheck -p cxx-await-tests --test values --test objects --test streams \
    --test local -- --skip ends_the_process
}

loom() { LOOM_MAX_PREEMPTIONS=${LOOM_MAX_PREEMPTIONS:-4} cargo test --locked --release -p cxx-await-loom; }

speed() { cargo build --locked --release -p cxx-await-bench && taskset -c 0 target/release/cxx-await-bench --gate; }

compile() { cargo run --locked --release -p cxx-await-bench --bin compile-time -- --gate; }

[ $# -gt 0 ] || set -- clang later asan tsan memcheck loom speed compile
for form in "$@"; do
  printf '== %s\n' "$form"
  "$form"
done
