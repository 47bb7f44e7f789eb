//! Calls that fail, and signals.

#[path = "support/child.rs"]
mod child;

use child::{each_fault, forked, other_threads_sleep, with_faults};
use co_await_rust::asking::count;
use co_await_rust::executors::ffi::{ask_and_leave, ask_and_wait, ask_many, ask_with_asio};
use co_await_rust::timeouts::ffi::{ask_first, ask_in_time};
use futures::executor::block_on;
use std::thread::spawn;
use std::time::{Duration, Instant};

/// Each is right, or an error, and leaves no future behind.
fn everything() {
    if let Ok(answer) = ask_and_wait("a server", 1) {
        assert_eq!(answer, "a server answers");
    }
    if let Ok(answers) = ask_many(2, 1) {
        assert_eq!(answers, ["server 0 answers", "server 1 answers"]);
    }
    if let Ok(answer) = ask_with_asio("a", 1) {
        assert_eq!(answer, "a answers answers");
    }
    if let Ok(answer) = block_on(ask_in_time("a server", 1, 3_600_000)) {
        assert_eq!(answer, "a server answers");
    }
    if let Ok(answer) = block_on(ask_first("a slow server", "another")) {
        assert_eq!(answer, "another answers");
    }
    let _ = ask_and_leave(3_600_000);
    let limit = Instant::now() + Duration::from_secs(10);
    while count() > 0 {
        assert!(Instant::now() < limit, "{} are there", count());
        std::thread::yield_now();
    }
}

#[test]
fn what_finds_no_thread_or_descriptor_is_an_error() {
    for function in ["pthread_create", "epoll_create1", "eventfd"] {
        each_fault(function, everything);
    }
}

#[test]
fn a_pool_that_was_not_complete_is_made_again() {
    for call in 1..=2 {
        let ended = with_faults(&format!("pthread_create:{call}"), || {
            // No time: smol would start a thread.
            let thrown = ask_many(2, 0).unwrap_err();
            assert_eq!(thrown.what(), "Resource temporarily unavailable");
            assert_eq!(ask_many(2, 0).unwrap().len(), 2);
        });
        assert!(ended.status.success(), "thread {call}: {ended:?}");
    }
}

#[test]
fn what_finds_no_memory_is_an_error_or_the_end_of_the_process() {
    each_fault("malloc", everything);
}

#[test]
fn signals_wake_nobody() {
    let ended = with_faults("signals:1ms", || {
        let begun = Instant::now();
        assert_eq!(ask_and_wait("a server", 50).unwrap(), "a server answers");
        assert!(begun.elapsed() >= Duration::from_millis(50));
        everything();
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_child_that_is_forked_while_the_pool_starts_has_its_own() {
    let asks = || assert_eq!(ask_many(2, 0).unwrap().len(), 2);
    let ended = with_faults("pthread_create:500ms", || {
        let first = spawn(asks);
        while !other_threads_sleep() {}
        let status = forked(asks);
        assert!(status.success(), "the forked child: {status}");
        first.join().unwrap();
    });
    assert!(ended.status.success(), "{ended:?}");
}
