//! The same time limit without tokio. Alone in its file: it counts the fetches that were stopped.

#[path = "support/pipe.rs"]
mod pipe;

use best_practices::{fetch_data, stopped_fetches};
use pipe::Pipe;
use std::time::Duration;

const LIMIT: Duration = Duration::from_millis(10);

#[test]
fn the_timer_of_another_runtime_stops_it_too() {
    let pipe = Pipe::new();
    let path = pipe.path();
    smol::block_on(async {
        // ANCHOR: smol
        let fetch = async { Some(fetch_data(&path).await) };
        let limit = async {
            smol::Timer::after(LIMIT).await;
            None
        };
        let answer = smol::future::or(fetch, limit).await;
        // ANCHOR_END: smol
        assert_eq!(answer, None);
    });
    assert_eq!(stopped_fetches(), 1);
    assert!(!pipe.left_open_by_cpp(), "C++ still has its file open");
}
