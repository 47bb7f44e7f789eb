//! The destructor of a `std::future` that `std::async` made.

#[path = "support/models.rs"]
mod models;
#[path = "support/pipe.rs"]
mod pipe;

use cpp_async::{PendingFetch, start_fetch};
use cxx::UniquePtr;
use models::FUTURE;
use pipe::Pipe;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::Builder;

// ANCHOR: discarded
/// Whether `let_go` returns while C++ reads. The pipe that it reads is ended when `let_go` has
/// returned, but no later than after `patience`.
fn returns_at_once(let_go: impl FnOnce(UniquePtr<PendingFetch>), patience: Duration) -> bool {
    let mut pipe = Pipe::new();
    let fetch = start_fetch(&pipe.url).unwrap();
    pipe.wait_until_read();
    let (sender, returned) = channel();
    let end = thread::spawn(move || {
        let _ = returned.recv_timeout(patience);
        let ended = Instant::now();
        drop(pipe);
        ended
    });
    let_go(fetch);
    let returned = Instant::now();
    let _ = sender.send(());
    returned < end.join().unwrap()
}

#[test]
fn discarding_a_std_future_waits_for_the_fetch() {
    assert!(!returns_at_once(drop, Duration::from_millis(200)));
}

#[test]
fn keeping_a_std_future_does_not() {
    let mut kept = None;
    let keep = |fetch| kept = Some(fetch);
    assert!(returns_at_once(keep, Duration::from_secs(10)));
}
// ANCHOR_END: discarded

#[test]
fn dropping_the_rust_future_leaves_the_wait_to_the_blocking_thread() {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let runtime = Builder::new_current_thread().build().unwrap();
    let mut fetch = FUTURE(&url);
    runtime.block_on(async { assert!(futures::poll!(&mut fetch).is_pending()) });
    pipe.wait_until_read();
    drop(fetch);
    // This thread goes on, while C++ reads.
    pipe.wait_until_read();
    drop(pipe);
    // The runtime owns the thread, and waits for it here.
    drop(runtime);
}
