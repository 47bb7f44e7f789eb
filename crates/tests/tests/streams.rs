use cxx_await_tests::streams::ffi::{self, Broken, Event};
use futures::executor::block_on;
use futures::stream::FusedStream;
use futures::{FutureExt, Stream, StreamExt};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

// They count frames and refusals: one at a time.
static ONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ONE.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn until(what: impl Fn() -> bool) {
    let start = Instant::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_secs(20), "not in time");
        std::thread::yield_now();
    }
}

#[test]
fn rust_reads_a_generator() {
    let _alone = alone();
    block_on(async {
        assert_eq!(
            ffi::counted(1000).collect::<Vec<_>>().await,
            (0..1000).collect::<Vec<_>>()
        );
        let events: Vec<Event> = ffi::events("topic", 4)
            .map(|event| event.unwrap())
            .collect()
            .await;
        assert_eq!(events.len(), 4);
        assert_eq!(
            events[3],
            Event {
                topic: "topic".into(),
                number: 3
            }
        );
    });
}

#[test]
fn an_exception_is_the_last_item() {
    let _alone = alone();
    block_on(async {
        let mut events = ffi::events("topic", 9);
        let all: Vec<_> = events
            .by_ref()
            .map(|event| event.map(|event| event.number))
            .collect()
            .await;
        assert_eq!(all.len(), 6);
        assert_eq!(all[5].as_ref().unwrap_err().what(), "five");
        assert!(events.is_terminated());
        assert!(events.next().await.is_none());
    });
    assert_eq!(ffi::frames(), 0);
}

#[test]
fn a_typed_error_is_the_last_item() {
    let _alone = alone();
    block_on(async {
        let all: Vec<_> = ffi::breaks(2).collect().await;
        assert_eq!(all, [Ok(0), Ok(1), Err(Broken { at: 2 })]);
        let all: Vec<_> = ffi::breaks(0).collect().await;
        assert_eq!(all, [Err(Broken { at: 1048 })]);
        let all: Vec<_> = ffi::throws_at_once().collect().await;
        assert_eq!(all, [Err(Broken { at: 1007 })]);
    });
}

#[test]
fn a_stream_may_be_left_early() {
    let _alone = alone();
    block_on(async {
        let mut events = ffi::events("topic", 100);
        events.next().await;
        drop(events);
        assert_eq!(ffi::endless().take(3).collect::<Vec<_>>().await, [0, 1, 2]);
        drop(ffi::endless());
    });
    until(|| ffi::frames() == 0);
}

#[test]
fn a_thread_fills_a_stream_and_waits_for_room() {
    let _alone = alone();
    for capacity in [1, 3, 1000] {
        let numbers: Vec<u32> = block_on(
            ffi::filled(500, capacity)
                .map(|event| event.number)
                .collect(),
        );
        assert_eq!(numbers, (0..500).collect::<Vec<_>>());
    }
}

#[test]
fn a_coroutine_fills_a_stream_and_is_resumed_when_there_is_room() {
    let _alone = alone();
    ffi::ahead();
    let mut stream = ffi::filled_by_coroutine(500, 8);
    // Eight are there; the ninth waits.
    assert_eq!(ffi::ahead(), 8);
    assert_eq!(block_on(stream.next()), Some(0));
    assert_eq!(ffi::ahead(), 9);
    assert_eq!(
        block_on(stream.collect::<Vec<_>>()),
        (1..500).collect::<Vec<_>>()
    );
}

#[test]
fn a_sender_fails_a_stream_after_what_it_sent() {
    let _alone = alone();
    let all: Vec<_> = block_on(ffi::filled_then_failed(3).collect());
    assert_eq!(all.len(), 4);
    assert_eq!(*all[2].as_ref().unwrap(), 2);
    assert_eq!(all[3].as_ref().unwrap_err().what(), "failed");
}

#[test]
fn batches_hold_all_items_in_order() {
    let _alone = alone();
    let batches: Vec<Vec<u32>> = block_on(ffi::batches(1000, 100).collect());
    assert!(batches.iter().all(|batch| (1..=64).contains(&batch.len())));
    assert!(batches.len() < 100, "{}", batches.len());
    assert_eq!(batches.concat(), (0..1000).collect::<Vec<_>>());
}

#[test]
fn a_dropped_stream_refuses_its_senders() {
    let _alone = alone();
    let before = ffi::refused();
    let mut stream = ffi::filled(1_000_000, 2);
    assert!(block_on(stream.next()).is_some());
    drop(stream);
    until(|| ffi::refused() == before + 1);
    drop(ffi::filled_by_coroutine(100, 2));
    assert_eq!(ffi::refused(), before + 2);
}

#[test]
fn a_dropped_stream_does_not_wait_for_a_sender_that_never_sends() {
    let _alone = alone();
    let mut silent = ffi::silent();
    assert!(silent.next().now_or_never().is_none());
    drop(silent);
}

#[test]
fn cpp_reads_a_generator() {
    let _alone = alone();
    assert_eq!(block_on(ffi::sum_of_generator(4)).unwrap(), 6);
    assert_eq!(
        block_on(ffi::sum_of_generator(9)).unwrap_err().what(),
        "five"
    );
    assert_eq!(block_on(ffi::generator_fails()).unwrap(), "five after 5");
    assert_eq!(ffi::frames(), 0);
}

#[test]
fn cpp_reads_a_stream_of_rust() {
    let _alone = alone();
    assert_eq!(block_on(ffi::sum_of_rust(1000)), 499_500);
    assert_eq!(block_on(ffi::names_of_rust("n")), ["n0", "n1", "n2"]);
    assert_eq!(block_on(ffi::leaves_rust_early(1000)), 3);
}

#[test]
fn cpp_catches_the_errors_of_a_stream_of_rust() {
    let _alone = alone();
    assert_eq!(block_on(ffi::rust_breaks(2)), "failed after 204");
    assert_eq!(block_on(ffi::rust_panics()), "..Rust panicked: at 2");
}

#[test]
fn streams_are_send_and_borrow_nothing() {
    fn check<T: Stream + Send + 'static>(_: T) {}
    let topic = String::from("gone before the stream");
    let events = ffi::events(&topic, 1);
    drop(topic);
    check(events);
}
