#[path = "support/until.rs"]
mod until;

use futures::executor::block_on;
use futures::{FutureExt, StreamExt, TryStreamExt};
use rust_stream::sensor::ffi::{batches, measured, measured_by_coroutine, measurements, measuring};
use until::{alone, until};

#[test]
fn rust_takes_every_number_in_order() {
    let _alone = alone();
    let wanted: Vec<u32> = (0..500).collect();
    let measured: Vec<_> = block_on(measured(500).try_collect()).unwrap();
    assert_eq!(measured, wanted);
    let measured: Vec<_> = block_on(measured_by_coroutine(500).try_collect()).unwrap();
    assert_eq!(measured, wanted);
}

#[test]
fn a_thread_of_cpp_waits_while_the_channel_is_full() {
    let _alone = alone();
    let before = measurements();
    let mut stream = measured(1000);
    // Eight are there, and the ninth waits.
    until(|| measurements() - before == 9);
    assert_eq!(block_on(stream.try_next()).unwrap(), Some(0));
    until(|| measurements() - before == 10);
    drop(stream);
    until(|| measuring() == 0);
}

#[test]
fn a_coroutine_is_suspended_while_the_channel_is_full() {
    let _alone = alone();
    let before = measurements();
    let mut stream = measured_by_coroutine(1000);
    assert_eq!(measurements() - before, 9);
    assert_eq!(block_on(stream.try_next()).unwrap(), Some(0));
    assert_eq!(measurements() - before, 10);
    drop(stream);
    assert_eq!(measuring(), 0);
}

#[test]
fn a_dropped_stream_ends_its_thread() {
    let _alone = alone();
    for taken in 0..20 {
        let mut stream = measured(u32::MAX);
        for number in 0..taken {
            assert_eq!(block_on(stream.try_next()).unwrap(), Some(number));
        }
        let _ = stream.next().now_or_never();
        drop(stream);
    }
    until(|| measuring() == 0);
}

#[test]
fn batches_hold_all_numbers_and_the_exception_is_last() {
    let _alone = alone();
    let mut all: Vec<_> = block_on(batches(10_000).collect());
    let thrown = all.pop().unwrap().unwrap_err();
    assert_eq!(thrown.what(), "the sensor broke");
    let batches: Vec<Vec<u32>> = all.into_iter().map(Result::unwrap).collect();
    assert!(batches.iter().all(|batch| (1..=64).contains(&batch.len())));
    assert_eq!(batches.concat(), (0..10_000).collect::<Vec<_>>());
}
