//! How much waits between C++ and Rust. `/dev/zero` has a next block whenever C++ asks for one.

#[path = "support/tally.rs"]
mod tally;

use best_practices::bridge::{ErrorCode, Failure, Taken};
use best_practices::{CAPACITY, ErrorKind, StreamContext, fetch_blocks, handle_block, offer_block};
use futures::executor::block_on;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use tally::Tally;

#[test]
fn cpp_waits_while_the_channel_is_full() {
    static STARTED: Tally = Tally::new();

    fn counted(context: &mut StreamContext, success: bool, data: &[u8], error: Failure) -> Taken {
        STARTED.add_one();
        handle_block(context, success, data, error)
    }

    let mut blocks = fetch_blocks("/dev/zero", counted).unwrap();
    for taken in 0..5 * CAPACITY {
        // C++ stands there with one more than fits.
        let full = taken + CAPACITY + 1;
        STARTED.wait_for(full);
        // As long as C++ would need to come with yet another one, if it did not wait.
        for _ in 0..1_000 {
            thread::yield_now();
        }
        assert_eq!(STARTED.wait_for(full), full, "after {taken} were taken");
        assert!(block_on(blocks.next()).unwrap().is_ok());
    }
}

#[test]
fn cpp_is_told_that_the_channel_is_full() {
    static LAST_WORDS: Tally = Tally::new();

    fn watched(context: &mut StreamContext, success: bool, data: &[u8], error: Failure) -> Taken {
        let taken = offer_block(context, success, data, error);
        if !success {
            LAST_WORDS.add_one();
        }
        taken
    }

    let mut blocks = fetch_blocks("/dev/zero", watched).unwrap();
    // C++ has not waited: nothing has been taken yet.
    LAST_WORDS.wait_for(1);
    for _ in 0..CAPACITY {
        assert_eq!(block_on(blocks.next()), Some(Ok(vec![0; 64 << 10])));
    }
    let error = block_on(blocks.next()).expect("a last word").unwrap_err();
    assert_eq!(error.kind, ErrorKind::TooSlow);
    assert_eq!(block_on(blocks.next()), None);
}

#[test]
fn dropping_the_blocks_lets_a_waiting_cpp_thread_go() {
    static STARTED: Tally = Tally::new();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);

    fn watched(context: &mut StreamContext, success: bool, data: &[u8], error: Failure) -> Taken {
        STARTED.add_one();
        let taken = handle_block(context, success, data, error);
        CLOSED.fetch_add(usize::from(taken == Taken::Closed), SeqCst);
        taken
    }

    let blocks = fetch_blocks("/dev/zero", watched).unwrap();
    STARTED.wait_for(CAPACITY + 1);
    drop(blocks);
    assert_eq!(CLOSED.load(SeqCst), 1, "times that C++ was told");
    assert_eq!(STARTED.wait_for(0), CAPACITY + 1, "callbacks in all");
}

#[test]
fn cpp_is_told_that_nobody_takes_any_more() {
    static STARTED: Tally = Tally::new();
    static CLOSED: AtomicUsize = AtomicUsize::new(0);

    // C++ gives up at the first `Full`: this one asks until it is something else.
    fn insistent(context: &mut StreamContext, success: bool, data: &[u8], _: Failure) -> Taken {
        STARTED.add_one();
        loop {
            let error = Failure {
                code: ErrorCode::Unspecified,
                message: String::new(),
            };
            let taken = offer_block(context, success, data, error);
            CLOSED.fetch_add(usize::from(taken == Taken::Closed), SeqCst);
            if taken != Taken::Full {
                return taken;
            }
            thread::yield_now();
        }
    }

    let blocks = fetch_blocks("/dev/zero", insistent).unwrap();
    STARTED.wait_for(CAPACITY + 1);
    drop(blocks);
    assert_eq!(CLOSED.load(SeqCst), 1, "times that C++ was told");
}
