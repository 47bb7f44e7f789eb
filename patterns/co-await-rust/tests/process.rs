//! A process that exits or forks. Each test runs itself again, as one that does.

#[path = "support/asking.rs"]
mod asking;
#[path = "support/child.rs"]
mod child;

use asking::until;
use child::{forked, in_child};
use co_await_rust::executors::ffi::{ask_and_wait, ask_many, ask_with_asio};
use co_await_rust::timeouts::ffi::ask_first;
use futures::FutureExt;
use std::os::unix::process::CommandExt;
use std::process::{Command, exit};
use std::thread::spawn;

const HOUR: u32 = 3_600_000;

/// Three threads of C++ that wait for Rust: by itself, on the pool, and in Asio's loop.
fn begin_to_wait() {
    spawn(|| ask_and_wait("a server", HOUR));
    spawn(|| ask_many(2, HOUR));
    spawn(|| ask_with_asio("a", HOUR));
    until(4);
}

#[test]
fn the_process_may_exit_while_cpp_waits() {
    let ended = in_child(&[], || {
        begin_to_wait();
        let mut first = Box::pin(ask_first("a slow server", "another slow server"));
        assert!(first.as_mut().now_or_never().is_none());
        std::mem::forget(first);
        exit(3);
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}

#[test]
fn a_rust_future_may_exit_in_a_coroutine_of_asio() {
    let ended = in_child(&[], || {
        begin_to_wait();
        // The future of nobody's answer panics in the loop.
        std::panic::set_hook(Box::new(|_| exit(4)));
        let _ = spawn(|| ask_with_asio("nobody", 1)).join();
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}

/// Forks while C++ waits.
fn fork_while_cpp_waits(body: fn()) {
    let ended = in_child(&[], || {
        begin_to_wait();
        let status = forked(body);
        assert!(status.success(), "the forked child: {status}");
        // The parent has lost nothing.
        assert_eq!(ask_many(2, 1).unwrap().len(), 2);
        assert_eq!(ask_with_asio("a", 1).unwrap(), "a answers answers");
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_forked_child_may_exit() {
    fork_while_cpp_waits(|| {});
}

#[test]
fn a_forked_child_may_exec() {
    fork_while_cpp_waits(|| {
        let error = Command::new("true").exec();
        panic!("{error}");
    });
}

#[test]
fn a_forked_child_has_a_pool_of_its_own() {
    fork_while_cpp_waits(|| {
        // Of no time: a thread of its parent's drives smol's timers.
        assert_eq!(ask_and_wait("a server", 0).unwrap(), "a server answers");
        assert_eq!(ask_many(2, 0).unwrap().len(), 2);
        assert_eq!(ask_with_asio("a", 0).unwrap(), "a answers answers");
    });
}
