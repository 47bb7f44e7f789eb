//! Many lines at a time.

use futures::StreamExt;
use futures::executor::block_on;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use stream::bridge::EventKind;
use stream::{
    BATCH, CAPACITY, Event, StreamContext, event_batches, event_batches_with, handle_batch,
};

#[path = "support/load.rs"]
mod load;
#[path = "support/log.rs"]
mod log;
#[path = "support/numbers.rs"]
mod numbers;
#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/tally.rs"]
mod tally;

use load::load;
use log::Log;
use numbers::numbers;
use pipe::Pipe;
use tally::Tally;

fn batches_of(path: &str) -> Vec<Event> {
    block_on(event_batches(path).unwrap().collect())
}

#[test]
fn a_million_lines_pass_in_batches_of_at_most_64() {
    let count = load(1_000_000, 20_000);
    let log = Log::of(numbers(count));
    let mut events = event_batches(log.path()).unwrap();
    let (mut number, mut full) = (0, 0);
    while let Some(event) = block_on(events.next()) {
        let batch = event.unwrap();
        let before = number;
        for line in batch.split('\n') {
            assert_eq!(line, number.to_string());
            number += 1;
        }
        assert!(number - before <= BATCH, "{} lines", number - before);
        full += usize::from(number - before == BATCH);
    }
    assert_eq!(number, count);
    // C++ reads some hundred full batches at once, and then one that is not.
    assert!(full >= count / BATCH * 9 / 10, "{full} full batches");
}

#[test]
fn a_batch_does_not_wait_to_be_full() {
    let mut pipe = Pipe::new();
    let mut events = event_batches(&pipe.path()).unwrap();
    pipe.write("first\nsecond\nnot yet a li");
    assert_eq!(
        block_on(events.next()),
        Some(Ok("first\nsecond".to_owned()))
    );
    pipe.write("ne\n");
    assert_eq!(
        block_on(events.next()),
        Some(Ok("not yet a line".to_owned()))
    );
}

#[test]
fn an_empty_line_is_a_line_of_its_batch() {
    let log = Log::of("\n\nlast\n\n");
    assert_eq!(batches_of(log.path()), [Ok("\n\nlast\n".to_owned())]);
    assert_eq!(batches_of(Log::of("\n").path()), [Ok(String::new())]);
    assert_eq!(batches_of(Log::of("").path()), []);
}

#[test]
fn a_line_that_is_not_utf8_costs_its_batch_no_other_line() {
    let events = batches_of(Log::of(b"before\n\xc3\x28\nafter\n").path());
    assert_eq!(events.len(), 3);
    assert_eq!(events[0], Ok("before".to_owned()));
    assert_eq!(events[1].as_ref().unwrap_err().to_string(), {
        "not UTF-8: invalid utf-8 sequence of 1 bytes from index 0"
    });
    assert_eq!(events[2], Ok("after".to_owned()));
}

#[test]
fn no_more_than_the_capacity_of_batches_waits() {
    static STARTED: Tally = Tally::new();
    static ACCEPTED: AtomicUsize = AtomicUsize::new(0);
    static TAKEN: AtomicUsize = AtomicUsize::new(0);
    static HIGH_WATER: AtomicUsize = AtomicUsize::new(0);

    fn measured(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        STARTED.add_one();
        let accepted = handle_batch(context, kind, bytes);
        let waiting = (ACCEPTED.fetch_add(1, SeqCst) + 1).saturating_sub(TAKEN.load(SeqCst));
        HIGH_WATER.fetch_max(waiting, SeqCst);
        accepted
    }

    // Lines so short that one read of C++ holds them all, so every batch is full.
    let batches = 4 * CAPACITY;
    let log = Log::of("x\n".repeat(batches * BATCH));
    let mut events = event_batches_with(log.path(), measured).unwrap();
    for number in 0..batches {
        // The slowest of consumers: takes a batch only when C++ stands there with one more than fits.
        STARTED.wait_for(batches.min(number + CAPACITY + 1));
        TAKEN.store(number + 1, SeqCst);
        let batch = block_on(events.next()).unwrap().unwrap();
        assert_eq!(batch.split('\n').count(), BATCH);
    }
    assert_eq!(block_on(events.next()), None);
    assert_eq!(
        HIGH_WATER.load(SeqCst),
        CAPACITY,
        "batches that waited at once"
    );
}
