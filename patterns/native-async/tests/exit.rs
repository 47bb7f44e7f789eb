//! The end of the process, seen from outside: each test runs itself again, as a child.

#[path = "support/child.rs"]
mod child;

use child::in_child;
use futures::FutureExt;
use futures::executor::block_on;
use native_async::fetch::ffi::fetch_data;
use native_async::ffi::greeting;
use std::process::exit;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

#[test]
fn the_process_may_exit_with_coroutines_in_flight() {
    let ended = in_child(&[], || {
        let mut sleeps = Box::pin(fetch_data("data:,late", 3_600_000));
        assert!(sleeps.as_mut().now_or_never().is_none());
        let mut awaits = Box::pin(greeting(1));
        drop(awaits.as_mut().now_or_never());
        std::mem::forget((sleeps, awaits));
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
fn a_waker_may_exit_on_a_thread_of_cpp() {
    let ended = in_child(&[], || {
        let waker = Waker::from(Arc::new(Exits));
        let mut fetch = Box::pin(fetch_data("data:,exit", 1));
        let poll = fetch.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
        loop {
            std::thread::park();
        }
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}

#[test]
fn a_panic_that_unwinds_drops_what_it_awaits() {
    let ended = in_child(&[], || {
        let caught = std::panic::catch_unwind(|| {
            block_on(async {
                let mut fetch = Box::pin(fetch_data("data:,late", 3_600_000));
                assert!(fetch.as_mut().now_or_never().is_none());
                panic!("while it waits");
            })
        });
        assert!(caught.is_err());
        while native_async::fetch::ffi::in_flight() > 0 {
            std::thread::yield_now();
        }
    });
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
}

#[test]
fn it_may_exit_while_others_wait() {
    let ended = in_child(&[], || {
        let waits = || block_on(fetch_data("data:,late", 3_600_000));
        std::thread::spawn(waits);
        std::thread::spawn(waits);
        while native_async::fetch::ffi::in_flight() < 2 {
            std::thread::yield_now();
        }
        exit(5);
    });
    assert_eq!(ended.status.code(), Some(5), "{ended:?}");
}

struct Blocks(std::sync::atomic::AtomicBool);

impl Wake for Blocks {
    fn wake(self: Arc<Self>) {
        self.0.store(true, std::sync::atomic::Ordering::SeqCst);
        loop {
            std::thread::park();
        }
    }
}

#[test]
fn it_may_exit_while_a_waker_blocks_the_timers() {
    let ended = in_child(&[], || {
        let blocks = Arc::new(Blocks(false.into()));
        let waker = Waker::from(blocks.clone());
        let mut fetch = Box::pin(fetch_data("data:,blocked", 1));
        let poll = fetch.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(poll.is_pending());
        while !blocks.0.load(std::sync::atomic::Ordering::SeqCst) {
            std::thread::yield_now();
        }
        exit(6);
    });
    assert_eq!(ended.status.code(), Some(6), "{ended:?}");
}
