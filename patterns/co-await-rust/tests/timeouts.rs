#[path = "support/asking.rs"]
mod asking;

use asking::{alone, until};
use co_await_rust::asking::count;
use co_await_rust::timeouts::ffi::{ask_first, ask_in_time};
use futures::FutureExt;
use futures::executor::block_on;

const HOUR: u32 = 3_600_000;

#[test]
fn what_is_in_time_is_the_answer() {
    let _alone = alone();
    let answer = block_on(ask_in_time("a server", 1, HOUR));
    assert_eq!(answer.unwrap(), "a server answers");
    let thrown = block_on(ask_in_time("", 1, HOUR)).unwrap_err();
    assert_eq!(thrown.what(), "no server");
}

#[test]
fn what_is_late_is_dropped() {
    let _alone = alone();
    let answer = block_on(ask_in_time("a server", HOUR, 1));
    assert_eq!((answer.unwrap().as_str(), count()), ("too late", 0));
}

#[test]
fn the_first_answer_is_taken_and_the_other_future_dropped() {
    let _alone = alone();
    let answer = block_on(ask_first("a slow server", "another"));
    assert_eq!((answer.unwrap().as_str(), count()), ("another answers", 0));
}

#[test]
fn rust_drops_the_coroutine_and_the_futures_that_it_awaits() {
    let _alone = alone();
    let mut first = Box::pin(ask_first("a slow server", "another slow server"));
    assert!(first.as_mut().now_or_never().is_none());
    assert_eq!(count(), 2);
    drop(first);
    assert_eq!(count(), 0);
    until(0);
}
