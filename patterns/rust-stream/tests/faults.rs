//! Calls that fail, and signals.

#[path = "support/child.rs"]
mod child;
#[path = "support/until.rs"]
mod until;

use child::{each_fault, with_faults};
use futures::executor::block_on;
use futures::{StreamExt, TryStreamExt};
use rust_stream::ffi::{consume, consume_some};
use rust_stream::producing;
use rust_stream::sensor::ffi::{batches, measured, measured_by_coroutine, measuring};
use until::until;

/// Each is complete, or an error, and leaves no producer behind.
async fn everything() {
    if let Ok(count) = consume("2").await {
        assert_eq!(count, 2);
    }
    if let Ok(some) = consume_some("endless", 2).await {
        assert_eq!(some.len(), 2);
    }
    // One more than there is room for.
    let wanted: Vec<_> = (0..9).collect();
    if let Ok(measured) = measured(9).try_collect::<Vec<_>>().await {
        assert_eq!(measured, wanted);
    }
    if let Ok(measured) = measured_by_coroutine(9).try_collect::<Vec<_>>().await {
        assert_eq!(measured, wanted);
    }
    let mut all: Vec<_> = batches(9).collect().await;
    let thrown = all.pop().unwrap().unwrap_err();
    if thrown.what() == "the sensor broke" {
        let all: Vec<_> = all.into_iter().flat_map(Result::unwrap).collect();
        assert_eq!(all, wanted);
    }
    until(|| producing() == 0 && measuring() == 0);
}

#[test]
fn a_producer_without_a_thread_is_an_error() {
    let ended = with_faults("pthread_create:1+", || {
        let thrown = block_on(consume("20")).unwrap_err();
        assert!(thrown.what().contains("Resource temporarily unavailable"));
        let mut measured: Vec<_> = block_on(measured(20).collect());
        let thrown = measured.pop().unwrap().unwrap_err();
        assert_eq!(thrown.what(), "Resource temporarily unavailable");
        assert_eq!(measured.len(), 0);
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn what_finds_no_thread_is_an_error() {
    each_fault("pthread_create", || block_on(everything()));
}

#[test]
fn what_finds_no_memory_is_an_error_or_the_end_of_the_process() {
    each_fault("malloc", || block_on(everything()));
}

#[test]
fn signals_lose_no_item() {
    let ended = with_faults("signals:1ms", || {
        block_on(async {
            assert_eq!(consume("100").await.unwrap(), 100);
            let measured: Vec<_> = measured(100_000).try_collect().await.unwrap();
            assert_eq!(measured, (0..100_000).collect::<Vec<_>>());
        });
    });
    assert!(ended.status.success(), "{ended:?}");
}
