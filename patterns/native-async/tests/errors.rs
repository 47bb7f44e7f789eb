#[path = "support/child.rs"]
mod child;

use child::in_child;
use futures::executor::block_on;
use native_async::fetch::ffi::{FetchError, fetch_data, pause};
use native_async::ffi::greeting;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::task::{Context, Wake, Waker};

#[test]
fn what_cpp_throws_arrives_as_it_is() {
    let thrown = FetchError {
        code: 404,
        message: "nothing at gopher:".into(),
    };
    assert_eq!(block_on(fetch_data("gopher:", 1)), Err(thrown));
}

#[test]
fn what_else_it_throws_goes_through_from() {
    let thrown = FetchError {
        code: 500,
        message: "no URL".into(),
    };
    assert_eq!(block_on(fetch_data("", 1)), Err(thrown));
}

#[test]
fn an_err_of_rust_passes_through_cpp() {
    assert_eq!(block_on(greeting(2)).unwrap_err().what(), "no user 2");
}

#[test]
fn a_panic_of_rust_is_an_exception() {
    let thrown = block_on(greeting(0)).unwrap_err();
    assert_eq!(thrown.what(), "Rust panicked: users are counted from 1");
    assert_eq!(block_on(greeting(1)).unwrap(), "Hello, Ada");
}

#[test]
fn a_throw_without_result_ends_the_process() {
    use std::os::unix::process::ExitStatusExt;
    let ended = in_child(&[], || block_on(pause(3_600_001)));
    assert_eq!(ended.status.signal(), Some(6), "{ended:?}");
    assert!(ended.stderr.contains("longer than an hour"), "{ended:?}");
}

struct Panics(AtomicU32);

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
        panic!("in a waker");
    }
}

#[test]
fn a_panic_in_a_waker_stays_in_rust() {
    let panics = Arc::new(Panics(AtomicU32::new(0)));
    let waker = Waker::from(panics.clone());
    let mut fetch = Box::pin(fetch_data("data:,there", 1));
    let poll = fetch.as_mut().poll(&mut Context::from_waker(&waker));
    assert!(poll.is_pending());
    while panics.0.load(SeqCst) == 0 {
        std::thread::yield_now();
    }
    assert_eq!(block_on(fetch).unwrap(), "there");
    // The C++ thread lives on.
    assert_eq!(block_on(fetch_data("data:,again", 1)).unwrap(), "again");
}
