#[path = "support/alone.rs"]
mod alone;

use alone::{alone, until};
use futures::executor::block_on;
use futures::{FutureExt, poll};
use native_async::fetch::ffi::{fetch_both, fetch_data, in_flight};
use native_async::ffi::greeting;

#[test]
fn rust_awaits_a_coroutine_that_awaits_rust() {
    assert_eq!(block_on(greeting(1)).unwrap(), "Hello, Ada");
}

#[test]
fn nothing_runs_before_the_first_poll() {
    let _alone = alone();
    let mut fetch = fetch_data("data:,lazy", 1);
    assert_eq!(in_flight(), 0);
    block_on(async {
        assert!(poll!(&mut fetch).is_pending());
        assert_eq!(in_flight(), 1);
        assert_eq!(fetch.await.unwrap(), "lazy");
    });
    until(0);
}

#[test]
fn the_arguments_are_copied() {
    let _alone = alone();
    let url = "data:,".to_owned() + &"long ".repeat(100);
    let fetch = fetch_data(&url, 1);
    drop(url);
    assert_eq!(block_on(fetch).unwrap(), "long ".repeat(100));
}

#[test]
fn two_wait_at_once() {
    let _alone = alone();
    let mut both = fetch_both("data:,one", "data:,other");
    block_on(async {
        assert!(poll!(&mut both).is_pending());
        assert_eq!(in_flight(), 2);
        assert_eq!(both.await.unwrap(), ["one", "other"]);
    });
}

#[test]
fn it_goes_to_another_thread_while_it_waits() {
    let _alone = alone();
    for _ in 0..20 {
        let mut fetch = Box::pin(fetch_data("data:,moved", 1));
        let first = fetch.as_mut().now_or_never();
        let there = std::thread::spawn(move || first.unwrap_or_else(|| block_on(fetch)));
        assert_eq!(there.join().unwrap().unwrap(), "moved");
    }
}
