//! A process that forks with coroutines in flight. Each test runs itself again, as one that does.

#[path = "support/child.rs"]
mod child;

use child::{forked, in_child};
use futures::FutureExt;
use futures::executor::block_on;
use native_async::fetch::ffi::{fetch_both, fetch_data, in_flight};
use native_async::ffi::greeting;
use std::os::unix::process::CommandExt;
use std::process::Command;

const HOUR: u32 = 3_600_000;

/// Forks while one coroutine sleeps, and one awaits Rust.
fn fork_with_coroutines_in_flight(body: fn()) {
    let ended = in_child(&[], || {
        let mut sleeps = Box::pin(fetch_data("data:,late", HOUR));
        assert!(sleeps.as_mut().now_or_never().is_none());
        let mut fetch = Box::pin(fetch_data("data:,there", 100));
        assert!(fetch.as_mut().now_or_never().is_none());
        let mut awaits = Box::pin(greeting(1));
        let hello = awaits.as_mut().now_or_never();

        let status = forked(body);
        assert!(status.success(), "the forked child: {status}");

        // The parent has lost nothing.
        assert_eq!(block_on(fetch).unwrap(), "there");
        let hello = hello.unwrap_or_else(|| block_on(awaits));
        assert_eq!(hello.unwrap(), "Hello, Ada");
        drop(sleeps);
        while in_flight() > 0 {
            std::thread::yield_now();
        }
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_forked_child_may_exit() {
    fork_with_coroutines_in_flight(|| {});
}

#[test]
fn a_forked_child_may_exec() {
    fork_with_coroutines_in_flight(|| {
        let error = Command::new("true").exec();
        panic!("{error}");
    });
}

#[test]
fn a_forked_child_has_timers_of_its_own() {
    fork_with_coroutines_in_flight(|| {
        let both = block_on(fetch_both("data:,one", "data:,other"));
        assert_eq!(both.unwrap(), ["one", "other"]);
    });
}

#[test]
fn a_forked_child_may_drop_what_it_has() {
    let ended = in_child(&[], || {
        let mut sleeps = Box::pin(fetch_data("data:,late", HOUR));
        assert!(sleeps.as_mut().now_or_never().is_none());
        let mut sleeps = Some(sleeps);
        let status = forked(|| {
            drop(sleeps.take());
            assert_eq!(block_on(fetch_data("data:,there", 1)).unwrap(), "there");
        });
        assert!(status.success(), "the forked child: {status}");
    });
    assert!(ended.status.success(), "{ended:?}");
}
