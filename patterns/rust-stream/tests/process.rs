//! A process that exits or forks. Each test runs itself again, as one that does.

#[path = "support/child.rs"]
mod child;
#[path = "support/until.rs"]
mod until;

use child::{forked, in_child};
use futures::executor::block_on;
use futures::{FutureExt, Stream, TryStreamExt};
use rust_stream::ffi::{consume, consume_some};
use rust_stream::producing;
use rust_stream::sensor::ffi::{batches, measured, measured_by_coroutine, measuring};
use std::os::unix::process::CommandExt;
use std::process::{Command, exit};
use std::sync::Arc;
use std::task::{Context, Wake, Waker};
use until::until;

/// A consumer of Rust's stream, and streams of C++'s, whose producers wait for room.
fn begun() -> impl Sized {
    let before = measuring();
    let mut consumer = Box::pin(consume("endless"));
    assert!(consumer.as_mut().now_or_never().is_none());
    let streams = (measured(u32::MAX), measured_by_coroutine(u32::MAX));
    let full = batches(u32::MAX);
    until(|| producing() == 1 && measuring() == before + 3);
    (consumer, streams, full)
}

#[test]
fn the_process_may_exit_while_producers_wait() {
    let ended = in_child(&[], || {
        let begun = begun();
        std::mem::forget(begun);
        exit(3);
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}

struct Exits;

impl Wake for Exits {
    fn wake(self: Arc<Self>) {
        exit(4);
    }
}

#[test]
fn a_waker_may_exit_on_the_thread_that_sends() {
    let ended = in_child(&[], || {
        let _begun = begun();
        let waker = Waker::from(Arc::new(Exits));
        let mut context = Context::from_waker(&waker);
        let mut stream = measured(u32::MAX);
        while Box::pin(&mut stream)
            .as_mut()
            .poll_next(&mut context)
            .is_ready()
        {}
        loop {
            std::thread::park();
        }
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}

/// Forks while producers wait.
fn fork_while_producers_wait(body: fn()) {
    let ended = in_child(&[], || {
        let mut stream = measured(u32::MAX);
        assert_eq!(block_on(stream.try_next()).unwrap(), Some(0));
        let _begun = begun();
        let status = forked(body);
        assert!(status.success(), "the forked child: {status}");
        // The parent has lost nothing.
        for number in 1..100 {
            assert_eq!(block_on(stream.try_next()).unwrap(), Some(number));
        }
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_forked_child_may_exit() {
    fork_while_producers_wait(|| {});
}

#[test]
fn a_forked_child_may_exec() {
    fork_while_producers_wait(|| {
        let error = Command::new("true").exec();
        panic!("{error}");
    });
}

#[test]
fn a_forked_child_has_streams_of_its_own() {
    let ended = in_child(&[], || {
        // Its producers may hold a lock just now, which the child inherits: it touches none of them.
        let begun = begun();
        let status = forked(|| {
            assert_eq!(block_on(consume_some("20", 100)).unwrap().len(), 20);
            let measured: Vec<_> = block_on(measured(20).try_collect()).unwrap();
            assert_eq!(measured, (0..20).collect::<Vec<_>>());
            let measured: Vec<_> = block_on(measured_by_coroutine(20).try_collect()).unwrap();
            assert_eq!(measured, (0..20).collect::<Vec<_>>());
        });
        assert!(status.success(), "the forked child: {status}");
        drop(begun);
        until(|| producing() == 0 && measuring() == 0);
    });
    assert!(ended.status.success(), "{ended:?}");
}
