//! A thread that makes events, and waits while nobody takes them.

use crate::ffi::Event;
use futures::channel::mpsc;
use futures::executor::block_on;
use futures::{Stream, StreamExt, stream};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread::Builder;

/// How many events wait at most.
pub const CAPACITY: u32 = 8;

static MADE: AtomicU32 = AtomicU32::new(0);
static PRODUCING: AtomicU32 = AtomicU32::new(0);

/// How many events were made.
pub fn made() -> u32 {
    MADE.load(SeqCst)
}

/// How many threads make events.
pub fn producing() -> u32 {
    PRODUCING.load(SeqCst)
}

type Item = Result<Event, String>;

/// The events of a topic: `endless`, or as many as it says, or an error.
pub(crate) fn events(topic: &str) -> impl Stream<Item = Item> + use<> {
    let count = match topic {
        "endless" => Ok(u32::MAX),
        _ => topic.parse().map_err(|_| format!("no topic {topic:?}")),
    };
    // A channel holds its buffer and one event for each sender.
    let (sender, events) = mpsc::channel(CAPACITY as usize - 1);
    // cxx lets nothing panic that C++ calls, as `std::thread::spawn` does without a thread.
    let producer = Builder::new().spawn(move || produce(count, sender));
    let failed = producer.err().map(|error| Err(error.to_string()));
    stream::iter(failed).chain(events)
}

/// Ends when nobody takes events any more.
fn produce(count: Result<u32, String>, mut sender: mpsc::Sender<Item>) {
    PRODUCING.fetch_add(1, SeqCst);
    let (count, last) = match count {
        Ok(count) => (count, None),
        Err(error) => (3, Some(error)),
    };
    let all = (1..=count).map(|number| {
        MADE.fetch_add(1, SeqCst);
        let text = format!("event {number}");
        Ok(Event { number, text })
    });
    for event in all.chain(last.map(Err)) {
        // Not sent in `block_on`: the waker of the consumer may call that as well.
        if block_on(poll_fn(|cx| sender.poll_ready(cx))).is_err() {
            break;
        }
        // The event is sent before the waker runs: its panic is no reason to leave out the rest.
        let _ = catch_unwind(AssertUnwindSafe(|| sender.start_send(event)));
    }
    PRODUCING.fetch_sub(1, SeqCst);
}
