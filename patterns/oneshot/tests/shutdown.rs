//! The owner of the threads. Alone in its file: it ends fetching for the whole process.

mod latch;

use futures::future::{FutureExt, join_all};
use latch::Latch;
use oneshot::{AsyncContext, FetchError, fetch_data, fetch_with, handle_fetch_result, shutdown};
use std::fs::read_dir;
use std::thread;
use std::time::{Duration, Instant};

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
fn shutdown_joins_the_threads_and_leaves_nobody_waiting() {
    let before = threads();
    let mut under_way = Box::pin(join_all(
        [(); 4].map(|()| fetch_with("file:///dev/null", hold)),
    ));
    assert_eq!((&mut under_way).now_or_never(), None);
    BUSY.wait_for(4);
    let mut queued = Box::pin(join_all([(); 100].map(|()| fetch_data("file:///dev/null"))));
    assert_eq!((&mut queued).now_or_never(), None);

    let refused = Some(Err(FetchError::Failed(
        "fetches have been shut down".to_owned(),
    )));
    let closing = thread::spawn(shutdown);
    while fetch_data("file:///dev/null").now_or_never() != refused {
        thread::yield_now();
    }
    // Callbacks that are running may end, and shutdown waits for them.
    OPEN.reach();
    closing.join().unwrap();

    assert_eq!(under_way.now_or_never(), Some(vec![Ok(vec![]); 4]));
    assert_eq!(
        queued.now_or_never(),
        Some(vec![Err(FetchError::Abandoned); 100])
    );
    assert_eq!(fetch_data("file:///dev/null").now_or_never(), refused);
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
