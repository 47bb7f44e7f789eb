//! Dropping the future at the very moment at which C++ answers. Alone in its file: it counts all fetches.

mod latch;

use futures::FutureExt;
use futures::future::join_all;
use latch::Latch;
use oneshot::{AsyncContext, fetch_with, handle_fetch_result, stopped_fetches};
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

static ANSWERS: AtomicU64 = AtomicU64::new(0);
static NEAR: AtomicU64 = AtomicU64::new(0);

fn count(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
    handle_fetch_result(context, ok, data, error);
    ANSWERS.fetch_add(1, SeqCst);
}

fn announce_and_count(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
    NEAR.fetch_add(1, SeqCst);
    count(context, ok, data, error);
}

#[test]
fn a_drop_that_races_with_the_answer_ends_the_fetch_once() {
    // valgrind runs one thread at a time, 30 times slower: it needs no more rounds to see a bad access.
    let light = std::env::var("COOKBOOK_LOAD").is_ok_and(|load| load == "light");
    let rounds = if light { 200 } else { 5000 };

    for round in 0..rounds {
        let mut near_its_answer = Box::pin(fetch_with("file:///dev/null", announce_and_count));
        let mut just_started = Box::pin(fetch_with("file:///dev/null", count));
        let _ = (&mut near_its_answer).now_or_never();
        while NEAR.load(SeqCst) <= round {
            std::thread::yield_now();
        }
        drop(near_its_answer);
        let _ = (&mut just_started).now_or_never();
        drop(just_started);
    }

    wait_until_the_queue_is_done();
    assert_eq!(ANSWERS.load(SeqCst) + stopped_fetches(), 2 * rounds);
    assert!(ANSWERS.load(SeqCst) >= rounds);
}

/// When all four workers are in these callbacks, nothing that was asked for earlier is under way.
fn wait_until_the_queue_is_done() {
    static BUSY: Latch = Latch::new();
    fn hold(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
        BUSY.reach();
        BUSY.wait_for(4);
        handle_fetch_result(context, ok, data, error);
    }
    let all = join_all([(); 4].map(|()| fetch_with("file:///dev/null", hold)));
    assert!(futures::executor::block_on(all).iter().all(Result::is_ok));
}
