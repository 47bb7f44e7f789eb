//! The same time limit without tokio. Alone in its file: it counts the fetches that were stopped.

#[path = "support/pipe.rs"]
mod pipe;

use best_practices::stopped_fetches;
use pipe::Pipe;

// ANCHOR: smol
use best_practices::{FetchError, fetch_data};
use std::time::Duration;

/// `None` when `limit` has passed first.
async fn fetch_within(limit: Duration, path: &str) -> Option<Result<Vec<u8>, FetchError>> {
    let fetch = async { Some(fetch_data(path).await) };
    let passed = async {
        smol::Timer::after(limit).await;
        None
    };
    smol::future::or(fetch, passed).await
}
// ANCHOR_END: smol

#[test]
fn the_timer_of_another_runtime_stops_it_too() {
    let pipe = Pipe::new();
    let path = pipe.path();
    let answer = smol::block_on(fetch_within(Duration::from_millis(10), &path));
    assert_eq!(answer, None);
    assert_eq!(stopped_fetches(), 1);
    assert!(!pipe.left_open_by_cpp(), "C++ still has its file open");
}
