//! The owner of the threads. Alone in its file: it ends fetching for the whole process.

mod latch;
mod refused;

use futures::future::{FutureExt, join_all};
use latch::Latch;
use oneshot::{
    AsyncContext, FetchError, fetch_data, fetch_with, handle_fetch_result, shutdown,
    stopped_fetches,
};
use refused::{refused, until_refused};
use std::fs::read_dir;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

static BUSY: Latch = Latch::new();
static OPEN: Latch = Latch::new();

static RETURNED: AtomicBool = AtomicBool::new(false);

/// Keeps its worker until the gate opens, and then for as long as a shutdown that does not wait
/// for it needs to return.
fn hold(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
    BUSY.reach();
    OPEN.wait_for(1);
    for _ in 0..10_000 {
        if RETURNED.load(SeqCst) {
            return drop(context);
        }
        thread::yield_now();
    }
    handle_fetch_result(context, ok, data, error);
}

fn threads() -> usize {
    read_dir("/proc/self/task").unwrap().count()
}

#[test]
fn shutdown_joins_the_threads_and_leaves_nobody_waiting() {
    let before = threads();
    let mut under_way = Box::pin(join_all(
        [(); 4].map(|()| fetch_with("file:///dev/null", hold)),
    ));
    assert_eq!((&mut under_way).now_or_never(), None);
    BUSY.wait_for(4);
    let mut queued = Box::pin(join_all([(); 100].map(|()| fetch_data("file:///dev/null"))));
    assert_eq!((&mut queued).now_or_never(), None);

    let closing = thread::spawn(|| {
        shutdown();
        RETURNED.store(true, SeqCst);
    });
    until_refused();
    // Shutdown waits for the callbacks that are running.
    OPEN.reach();
    closing.join().unwrap();

    assert_eq!(under_way.now_or_never(), Some(vec![Ok(vec![]); 4]));
    assert_eq!(
        queued.now_or_never(),
        Some(vec![Err(FetchError::Abandoned); 100])
    );
    assert_eq!(stopped_fetches(), 0, "a queued fetch was started");
    assert_eq!(fetch_data("file:///dev/null").now_or_never(), refused());
    // The kernel strikes a thread off its list shortly after it could be joined.
    let limit = Instant::now() + Duration::from_secs(20);
    while threads() != before {
        assert!(
            Instant::now() < limit,
            "{} threads, {before} before",
            threads()
        );
        thread::yield_now();
    }
}
