//! Whose thread it is.

use best_practices::bridge::{Failure, Taken};
use best_practices::{StreamContext, fetch_blocks, handle_block};
use futures::executor::block_on;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// Counts the threads on which it lives.
struct OnThread(&'static AtomicUsize);

impl OnThread {
    fn new(threads: &'static AtomicUsize) -> Self {
        threads.fetch_add(1, SeqCst);
        OnThread(threads)
    }
}

impl Drop for OnThread {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

#[test]
fn the_owner_joins_the_thread() {
    static THREADS: AtomicUsize = AtomicUsize::new(0);
    thread_local!(static ON_THREAD: OnThread = OnThread::new(&THREADS));

    fn watched(context: &mut StreamContext, success: bool, data: &[u8], error: Failure) -> Taken {
        ON_THREAD.with(|_| handle_block(context, success, data, error))
    }

    for _ in 0..50 {
        let mut blocks = fetch_blocks("/dev/zero", watched).unwrap();
        block_on(blocks.next()).unwrap().unwrap();
        assert_eq!(THREADS.load(SeqCst), 1, "threads while it is read");
        drop(blocks);
        assert_eq!(THREADS.load(SeqCst), 0, "threads after it");
    }
}
