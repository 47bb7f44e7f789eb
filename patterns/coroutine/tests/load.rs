//! Many coroutines at once. Alone in its file: it counts the threads of the process.

#[path = "support/counts.rs"]
mod counts;
#[path = "support/load.rs"]
mod load;

use coroutine::{fetch_data, fetch_data_patiently};
use counts::Counts;
use futures::executor::block_on;
use futures::future::{FutureExt, join_all};
use load::load;
use std::fs;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3600);

fn threads() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count()
}

#[test]
fn ten_thousand_sleep_and_keep_no_thread() {
    let counts = Counts::begin();
    // The threads are as many with 200 as with 10,000, and valgrind is slow.
    let fetches = load(10_000, 200);
    let before = threads();
    let mut all = Box::pin(join_all(
        (0..fetches).map(|_| fetch_data_patiently("file:///no/such/file", HOUR)),
    ));
    assert_eq!((&mut all).now_or_never(), None);
    counts.wait_for_sleeping(fetches);
    // None of the threads is kept: all can still be had, by a hundred fetches that need them.
    let others = join_all((0..100).map(|_| fetch_data("file:///dev/null")));
    assert_eq!(block_on(others), vec![Ok(vec![]); 100]);
    assert_eq!(threads(), before + 5, "the five that there are anyway");
    drop(all);
    assert_eq!(
        counts.frames_when_all_have_ended(),
        3 * (fetches as u64 + 100)
    );
}
