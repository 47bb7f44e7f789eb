//! Many fetches at once. Alone in its file: it counts the threads of the process.

mod deadline;
mod latch;

use deadline::answer_of;
use futures::future::{FutureExt, join_all};
use latch::Latch;
use oneshot::{AsyncContext, fetch_with, handle_fetch_result};
use std::fs::read_dir;

static BUSY: Latch = Latch::new();
static OPEN: Latch = Latch::new();

/// Keeps its worker until the gate opens.
fn hold(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
    BUSY.reach();
    OPEN.wait_for(1);
    handle_fetch_result(context, ok, data, error);
}

fn threads() -> usize {
    read_dir("/proc/self/task").unwrap().count()
}

#[test]
fn ten_thousand_fetches_share_four_threads() {
    // Under valgrind and sanitizers fewer are enough: the threads are as many with 200 as with 10,000.
    let light = std::env::var("COOKBOOK_LOAD").is_ok_and(|load| load == "light");
    let fetches = if light { 200 } else { 10_000 };

    let before = threads();
    let mut all = Box::pin(join_all(
        (0..fetches).map(|_| fetch_with("file:///dev/null", hold)),
    ));
    assert_eq!((&mut all).now_or_never(), None);
    BUSY.wait_for(4);
    assert_eq!(threads(), before + 4);

    OPEN.reach();
    let results = answer_of(all);
    assert_eq!(results, vec![Ok(vec![]); fetches]);
}
