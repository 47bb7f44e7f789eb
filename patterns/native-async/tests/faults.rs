//! Calls that fail, and signals.

#[path = "support/child.rs"]
mod child;

use child::{each_fault, forked, in_child, other_threads_sleep, with_faults};
use futures::executor::block_on;
use futures::{FutureExt, StreamExt};
use native_async::fetch::ffi::{fetch_both, fetch_data, in_flight};
use native_async::ffi::greeting;
use native_async::readings::ffi::readings;
use std::thread::spawn;
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

#[test]
fn a_child_that_is_forked_while_the_timers_start_has_its_own() {
    let fetches = || assert_eq!(block_on(fetch_data("data:,there", 1)).unwrap(), "there");
    let ended = with_faults("pthread_create:500ms", || {
        let first = spawn(fetches);
        while !other_threads_sleep() {}
        let status = forked(fetches);
        assert!(status.success(), "the forked child: {status}");
        first.join().unwrap();
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_child_that_is_forked_while_coroutines_begin_and_end_may_drop_what_it_has() {
    let ended = in_child(&[], || {
        let _busy = [(); 4].map(|()| {
            spawn(|| {
                loop {
                    let mut begins = Box::pin(fetch_data("data:,late", 3_600_000));
                    assert!(begins.as_mut().now_or_never().is_none());
                }
            })
        });
        for _ in 0..30 {
            let mut sleeps = Box::pin(fetch_data("data:,late", 3_600_000));
            assert!(sleeps.as_mut().now_or_never().is_none());
            let mut sleeps = Some(sleeps);
            let status = forked(|| drop(sleeps.take()));
            assert!(status.success(), "the forked child: {status}");
        }
    });
    assert!(ended.status.success(), "{ended:?}");
}
