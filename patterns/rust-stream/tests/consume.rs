#[path = "support/until.rs"]
mod until;

use futures::FutureExt;
use futures::executor::block_on;
use rust_stream::ffi::{Event, consume, consume_some};
use rust_stream::{CAPACITY, made, most_ahead, producing, stored};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::{Context, Wake, Waker};
use until::{alone, until};

#[test]
fn cpp_takes_every_event_in_order() {
    let _alone = alone();
    assert_eq!(block_on(consume("100")).unwrap(), 100);
    let some = block_on(consume_some("50", 100)).unwrap();
    let wanted: Vec<_> = (1..=50)
        .map(|number| Event {
            number,
            text: format!("event {number}"),
        })
        .collect();
    assert_eq!(some, wanted);
}

#[test]
fn the_producer_waits_for_the_consumer() {
    let _alone = alone();
    most_ahead();
    let before = made() - stored();
    assert_eq!(block_on(consume("200")).unwrap(), 200);
    let ahead = most_ahead() - before;
    // The event that is stored, those in the channel, and the one that waits for room.
    assert!(ahead <= 1 + CAPACITY + 1, "{ahead}");
    assert!(ahead >= CAPACITY, "it never filled: {ahead}");
}

#[test]
fn an_err_of_the_stream_is_thrown_after_its_events() {
    let _alone = alone();
    let before = stored();
    let thrown = block_on(consume("weather")).unwrap_err();
    assert_eq!(thrown.what(), "no topic \"weather\"");
    assert_eq!(stored() - before, 3);
}

#[test]
fn an_err_of_the_store_drops_the_stream_and_ends_the_producer() {
    let _alone = alone();
    let thrown = block_on(consume("endless")).unwrap_err();
    assert_eq!(thrown.what(), "the store is full");
    the_producer_has_ended();
}

#[test]
fn a_stream_that_cpp_leaves_ends_its_producer() {
    let _alone = alone();
    assert_eq!(block_on(consume_some("endless", 3)).unwrap().len(), 3);
    the_producer_has_ended();
}

#[test]
fn a_consumer_that_rust_drops_ends_the_producer() {
    let _alone = alone();
    let mut consumer = Box::pin(consume("endless"));
    assert!(consumer.as_mut().now_or_never().is_none());
    until(|| producing() == 1);
    drop(consumer);
    the_producer_has_ended();
}

#[test]
fn a_waker_that_panics_loses_no_event() {
    struct Panics(AtomicBool);
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            self.0.store(true, SeqCst);
            panic!("the waker panics");
        }
    }

    let _alone = alone();
    let panics = Arc::new(Panics(AtomicBool::new(false)));
    let waker = Waker::from(Arc::clone(&panics));
    let mut consumer = Box::pin(consume("20"));
    let first = consumer.as_mut().poll(&mut Context::from_waker(&waker));
    assert!(first.is_pending());
    until(|| panics.0.load(SeqCst));
    assert_eq!(block_on(consumer).unwrap(), 20);
    the_producer_has_ended();
}

fn the_producer_has_ended() {
    until(|| producing() == 0);
}
