//! What awaiting costs, as ratios to Rust alone, in pairs within one run: `taskset -c 0 cargo run --release -p
//! cxx-await-bench`. With `--gate` it fails when a ratio is above its limit.

mod bridge;
mod counting;
mod floor;

use bridge::ffi;
use futures::executor::block_on;
use futures::{Stream, StreamExt, future};
use std::hint::black_box;
use std::process::ExitCode;

struct Row {
    name: &'static str,
    limit: f64,
    count: u64,
    floor: fn(u64),
    run: fn(u64),
}

fn each<F: Future>(count: u64, mut make: impl FnMut(u64) -> F) {
    block_on(async {
        for i in 0..count {
            black_box(make(i).await);
        }
    });
}

fn thousand<F: Future>(count: u64, make: fn(u64) -> F) {
    for _ in 0..count / 1000 {
        block_on(future::join_all((0..1000).map(make)));
    }
}

fn check(sum: u64, count: u64) {
    assert_eq!(sum, count * (count - 1) / 2);
}

fn check_stream(numbers: impl Stream<Item = u64>, count: u64) {
    let sum = numbers.fold(0, async |sum, n| sum + black_box(n));
    check(block_on(sum), count);
}

fn floor_stream(count: u64) {
    check_stream(black_box(bridge::numbers(count)), count);
}

const ROWS: &[Row] = &[
    Row {
        name: "Rust awaits a C++ worker",
        limit: 0.90,
        count: 20_000,
        floor: |n| each(n, floor::by_mpsc),
        run: |n| each(n, ffi::on_worker),
    },
    Row {
        name: "C++ awaits a Rust oneshot, in a Rust task",
        limit: 0.85,
        count: 20_000,
        floor: |n| each(n, floor::by_mpsc),
        run: |n| check(block_on(ffi::await_oneshot(n)), n),
    },
    Row {
        name: "C++ awaits a Rust oneshot, by sync_wait",
        limit: 0.90,
        count: 20_000,
        floor: |n| each(n, floor::by_mpsc),
        run: |n| check(ffi::wait_for_oneshot(n), n),
    },
    Row {
        name: "a C++ task that is finished at once",
        limit: 0.45,
        count: 500_000,
        floor: |n| each(n, floor::at_once),
        run: |n| each(n, ffi::at_once),
    },
    Row {
        name: "a Rust future that is finished at once",
        limit: 0.85,
        count: 500_000,
        floor: |n| each(n, floor::at_once),
        run: |n| check(block_on(ffi::await_ready(n)), n),
    },
    Row {
        name: "1,000 in flight",
        limit: 0.75,
        count: 50_000,
        floor: |n| thousand(n, floor::by_condvar),
        run: |n| thousand(n, ffi::on_worker),
    },
    Row {
        name: "a stream of C++, without a hop",
        limit: 10.0,
        count: 2_000_000,
        floor: floor_stream,
        run: |n| check_stream(ffi::counted(n), n),
    },
    Row {
        name: "a stream of Rust in C++, without a hop",
        limit: 10.0,
        count: 2_000_000,
        floor: floor_stream,
        run: |n| check(block_on(ffi::await_stream(n)), n),
    },
    Row {
        name: "batches of 64 from another thread",
        limit: 2.0,
        count: 1_000_000,
        floor: |n| check_stream(floor::batches(n).map(|batch| batch.iter().sum()), n),
        run: |n| check_stream(ffi::batches(n).map(|batch| batch.iter().sum()), n),
    },
];

/// Of this process, in nanoseconds: what other processes do does not count.
fn processor_time() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the clock is there on every system that has it, and writes the time.
    assert_eq!(
        unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) },
        0
    );
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

fn nanoseconds(run: fn(u64), count: u64) -> f64 {
    let start = processor_time();
    run(count);
    (processor_time() - start) / count as f64
}

fn main() -> ExitCode {
    let gate = std::env::args().any(|argument| argument == "--gate");
    let mut above = 0;
    println!(
        "{:44} {:>9} {:>9} {:>6} {:>6} {:>12}",
        "", "Rust", "measured", "ratio", "limit", "allocations"
    );
    for row in ROWS {
        (row.floor)(1000);
        (row.run)(1000);
        let mut pairs: Vec<_> = (0..9)
            .map(|_| {
                (
                    nanoseconds(row.floor, row.count),
                    nanoseconds(row.run, row.count),
                )
            })
            .collect();
        pairs.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
        let (floor, run) = pairs[pairs.len() / 2];
        let before = counting::made();
        (row.run)(row.count);
        let allocations = (counting::made() - before) as f64 / row.count as f64;
        let late = run / floor > row.limit;
        above += usize::from(late);
        let mark = if late { "  above" } else { "" };
        println!(
            "{:44} {floor:6.0} ns {run:6.0} ns {:6.2} {:6.2} {allocations:12.2}{mark}",
            row.name,
            run / floor,
            row.limit
        );
    }
    if gate && above > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
