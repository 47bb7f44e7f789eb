//! A Rust future that waits for a `std::future`, and is dropped.

#[path = "support/models.rs"]
mod models;
#[path = "support/pipe.rs"]
mod pipe;

use models::FUTURE;
use pipe::Pipe;
use tokio::runtime::Builder;

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
