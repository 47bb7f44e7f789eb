//! A time limit around a fetch. One test here counts those that were stopped: the other stops none.

#[path = "support/pipe.rs"]
mod pipe;

use best_practices::{ErrorKind, fetch_with_timeout, stopped_fetches};
use pipe::Pipe;
use std::time::Duration;

/// Not to be slept through: there is nothing to read, so any limit is reached.
const LIMIT: Duration = Duration::from_millis(10);

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_time().build().unwrap()
}

#[test]
fn a_timeout_stops_the_cpp_work() {
    let pipe = Pipe::new();
    let error = runtime()
        .block_on(fetch_with_timeout(&pipe.path(), LIMIT))
        .unwrap_err();
    // Asked at once, without waiting for anything: C++ has stopped already.
    assert_eq!(stopped_fetches(), 1);
    assert!(!pipe.left_open_by_cpp(), "C++ still has its file open");
    assert_eq!(error.kind, ErrorKind::TimedOut);
    assert_eq!(error.message, "no answer within 10ms");
}

#[test]
fn an_answer_in_time_is_the_answer() {
    let in_time = fetch_with_timeout("/dev/null", Duration::from_secs(600));
    assert_eq!(runtime().block_on(in_time), Ok(vec![]));
}
