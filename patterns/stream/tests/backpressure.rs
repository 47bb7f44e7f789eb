//! How much waits between C++ and Rust, and in what order it arrives.

use futures::StreamExt;
use futures::executor::block_on;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use stream::bridge::EventKind;
use stream::{CAPACITY, StreamContext, event_stream, event_stream_with, handle_event};

#[path = "support/load.rs"]
mod load;
#[path = "support/log.rs"]
mod log;
#[path = "support/numbers.rs"]
mod numbers;
#[path = "support/position.rs"]
mod position;
#[path = "support/tally.rs"]
mod tally;

use load::load;
use log::Log;
use numbers::numbers;
use position::position_in;
use tally::Tally;

#[test]
fn the_high_water_mark_is_the_capacity() {
    static STARTED: Tally = Tally::new();
    static ACCEPTED: AtomicUsize = AtomicUsize::new(0);
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    static HIGH_WATER: AtomicUsize = AtomicUsize::new(0);

    fn measured(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        STARTED.add_one();
        let accepted = handle_event(context, kind, bytes);
        let waiting = (ACCEPTED.fetch_add(1, SeqCst) + 1).saturating_sub(TAKEN.load(SeqCst));
        HIGH_WATER.fetch_max(waiting, SeqCst);
        accepted
    }

    let count = 20 * CAPACITY;
    let log = Log::of(numbers(count));
    let mut events = event_stream_with(log.path(), measured).unwrap();
    for number in 0..count {
        // The slowest of consumers: takes an event only when C++ stands there with one more than fits.
        STARTED.wait_for(count.min(number + CAPACITY + 1));
        // Counted before it is taken: the mark may read too low for a moment, never too high.
        TAKEN.store(number + 1, SeqCst);
        assert_eq!(block_on(events.next()), Some(Ok(number.to_string())));
    }
    assert_eq!(block_on(events.next()), None);
    assert_eq!(
        HIGH_WATER.load(SeqCst),
        CAPACITY,
        "events that waited at once"
    );
}

#[test]
fn cpp_does_not_read_ahead_of_a_full_stream() {
    static STARTED: Tally = Tally::new();

    fn counted(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        STARTED.add_one();
        handle_event(context, kind, bytes)
    }

    let log = Log::of(numbers(100_000));
    let events = event_stream_with(log.path(), counted).unwrap();
    STARTED.wait_for(CAPACITY + 1);
    // C++ stands in the callback and reads nothing until it returns.
    let read = position_in(log.path());
    assert!(
        read <= 64 * 1024,
        "C++ has read {read} bytes, of which nobody takes any"
    );
    drop(events);
}

#[test]
fn a_million_events_pass_in_their_order() {
    let count = load(1_000_000, 20_000);
    let log = Log::of(numbers(count));
    let mut events = event_stream(log.path()).unwrap();
    block_on(async {
        for number in 0..count {
            assert_eq!(events.next().await, Some(Ok(number.to_string())));
        }
        assert_eq!(events.next().await, None);
    });
}
