#[path = "support/asking.rs"]
mod asking;

use asking::{alone, until};
use co_await_rust::executors::ffi::{ask_and_leave, ask_many};

const HOUR: u32 = 3_600_000;

#[test]
fn a_hundred_wait_at_once_on_two_threads() {
    let _alone = alone();
    let answers = std::thread::spawn(|| ask_many(100, 1000).unwrap());
    until(100);
    let answers = answers.join().unwrap();
    assert_eq!(answers.len(), 100);
    assert!(
        answers
            .iter()
            .enumerate()
            .all(|(i, answer)| *answer == format!("server {i} answers"))
    );
}

#[test]
fn cpp_drops_the_rust_future_with_its_handle() {
    let _alone = alone();
    for millis in [0, 1, HOUR] {
        for _ in 0..100 {
            ask_and_leave(millis).unwrap();
        }
    }
    // The pool has begun by then what it was given before.
    assert_eq!(ask_many(2, 1).unwrap().len(), 2);
    until(0);
}

#[test]
fn the_pool_goes_on_after_what_was_left() {
    let _alone = alone();
    ask_and_leave(HOUR).unwrap();
    assert_eq!(ask_many(2, 1).unwrap().len(), 2);
}
