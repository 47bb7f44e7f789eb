//! A Rust future that waits for a `std::future`, and is dropped.

#[path = "support/models.rs"]
mod models;
#[path = "support/pipe.rs"]
mod pipe;

use futures::FutureExt;
use models::FUTURE;
use pipe::Pipe;

#[test]
fn dropping_the_rust_future_leaves_the_wait_to_its_thread() {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let mut fetch = FUTURE(&url);
    assert_eq!((&mut fetch).now_or_never(), None);
    pipe.wait_until_read();
    drop(fetch);
    // This thread goes on, while C++ reads.
    pipe.wait_until_read();
    assert_eq!(pipe.opened(), 3, "C++ has closed it");
    pipe.end();
}
