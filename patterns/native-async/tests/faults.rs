//! Calls that fail, and signals.

#[path = "support/child.rs"]
mod child;

use child::{each_fault, with_faults};
use futures::StreamExt;
use futures::executor::block_on;
use native_async::fetch::ffi::{fetch_both, fetch_data, in_flight};
use native_async::ffi::greeting;
use native_async::readings::ffi::readings;
use std::time::{Duration, Instant};

/// Each is right, or an error, and leaves no coroutine behind.
async fn everything() {
    if let Ok(hello) = greeting(1).await {
        assert_eq!(hello, "Hello, Ada");
    }
    if let Ok(both) = fetch_both("data:,one", "data:,other").await {
        assert_eq!(both, ["one", "other"]);
    }
    let readings: Vec<_> = readings().collect().await;
    assert!(readings.last().unwrap().is_err());
    assert_eq!(in_flight(), 0);
}

#[test]
fn what_finds_no_thread_is_an_err() {
    each_fault("pthread_create", || block_on(everything()));
}

#[test]
fn the_timers_are_there_when_a_thread_can_be_started() {
    let ended = with_faults("pthread_create:1", || {
        let thrown = block_on(fetch_data("data:,late", 1)).unwrap_err();
        assert_eq!(thrown.message, "Resource temporarily unavailable");
        let fetched = block_on(fetch_data("data:,there", 1));
        assert_eq!(fetched.as_deref(), Ok("there"));
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn what_finds_no_memory_is_an_err_or_the_end_of_the_process() {
    each_fault("malloc", || block_on(everything()));
}

#[test]
fn signals_wake_nobody() {
    let ended = with_faults("signals:1ms", || {
        let begun = Instant::now();
        let fetched = block_on(fetch_data("data:,there", 50));
        assert_eq!(fetched.as_deref(), Ok("there"));
        assert!(begun.elapsed() >= Duration::from_millis(50));
        block_on(everything());
    });
    assert!(ended.status.success(), "{ended:?}");
}
