//! The end of the process, seen from outside: each test runs itself again, as a child that exits.

#![expect(clippy::boxed_local, reason = "a callback gets its context in a Box")]

#[path = "support/child.rs"]
mod child;
mod latch;
mod refused;

use child::in_child;
use futures::FutureExt;
use futures::executor::block_on;
use latch::Latch;
use oneshot::{AsyncContext, fetch_data, fetch_with, handle_fetch_result};
use refused::until_refused;
use std::process::exit;
use std::thread;

static RUNNING: Latch = Latch::new();

/// Starts a fetch whose callback then runs.
fn start(callback: fn(Box<AsyncContext>, bool, &[u8], String)) {
    let mut fetch = Box::pin(fetch_with("file:///dev/null", callback));
    assert_eq!((&mut fetch).now_or_never(), None);
    RUNNING.wait_for(1);
    std::mem::forget(fetch);
}

#[test]
fn exit_lets_callbacks_end_and_refuses_what_comes_later() {
    let ended = in_child(&[], || {
        fn until_the_exit(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
            RUNNING.reach();
            until_refused();
            // As long as an exit that does not wait needs to end the process.
            (0..10_000).for_each(|_| thread::yield_now());
            eprintln!("the callback has ended");
            handle_fetch_result(context, ok, data, error);
        }
        start(until_the_exit);
        exit(0);
    });
    assert_eq!(ended.stderr, "the callback has ended\n");
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn a_callback_may_exit() {
    let ended = in_child(&[], || {
        fn unacceptable(_context: Box<AsyncContext>, _ok: bool, _data: &[u8], _error: String) {
            exit(3);
        }
        let _ = block_on(fetch_with("file:///dev/null", unacceptable));
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}

#[test]
fn exit_does_not_wait_for_a_callback_without_an_end() {
    let ended = in_child(&[], || {
        fn endless(_context: Box<AsyncContext>, _ok: bool, _data: &[u8], _error: String) {
            RUNNING.reach();
            loop {
                thread::park();
            }
        }
        start(endless);
        exit(4);
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}

#[test]
fn what_is_destroyed_after_the_threads_gets_an_err() {
    unsafe extern "C" {
        fn atexit(call: extern "C" fn()) -> i32;
    }
    // As the destructor of a global does that was made before the first fetch.
    extern "C" fn fetches() {
        let fetched = fetch_data("file:///dev/null").now_or_never();
        eprintln!("{}", fetched.unwrap().unwrap_err());
    }

    let ended = in_child(&[], || {
        // SAFETY: it may be called at any time.
        unsafe { atexit(fetches) };
        assert_eq!(block_on(fetch_data("file:///dev/null")), Ok(vec![]));
    });
    assert_eq!(ended.stderr, "fetches have been shut down\n");
    assert_eq!(ended.status.code(), Some(0));
}

/// Its destructor never returns.
struct Endless;

impl Drop for Endless {
    fn drop(&mut self) {
        loop {
            thread::park();
        }
    }
}

thread_local!(static ENDLESS: Endless = const { Endless });

#[test]
fn exit_does_not_wait_for_a_thread_local_without_an_end() {
    let ended = in_child(&[], || {
        fn has_one(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
            ENDLESS.with(|_| handle_fetch_result(context, ok, data, error));
        }
        block_on(fetch_with("file:///dev/null", has_one)).unwrap();
        exit(4);
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}
