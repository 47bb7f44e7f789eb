//! The small program, whose own functions these tests call.

include!("../src/main.rs");

use std::sync::atomic::{AtomicUsize, Ordering};

static CALLED: AtomicUsize = AtomicUsize::new(0);

#[test]
fn events_come_in_their_order_and_then_the_end() {
    fn three(context: &mut StreamContext, event: &str) -> bool {
        handle_event(context, event) && event != "event 3"
    }

    let (sender, events) = mpsc::channel(64);
    let context = Box::new(StreamContext(sender));
    let _subscription = ffi::subscribe_events(three, context).unwrap();
    let events: Vec<String> = block_on(events.collect());
    assert_eq!(events, ["event 1", "event 2", "event 3"]);
}

#[test]
fn dropping_a_full_stream_stops_cpp_and_joins_its_thread() {
    fn counted(context: &mut StreamContext, event: &str) -> bool {
        CALLED.fetch_add(1, Ordering::Relaxed);
        handle_event(context, event)
    }

    // A channel holds its buffer, and one event for its sender.
    let (sender, events) = mpsc::channel(0);
    let context = Box::new(StreamContext(sender));
    let stream = EventStream {
        events,
        _subscription: ffi::subscribe_events(counted, context).unwrap(),
    };
    // The first event fills it, with the second C++ waits for room.
    while CALLED.load(Ordering::Relaxed) < 2 {
        std::thread::yield_now();
    }
    drop(stream);
    assert_eq!(CALLED.load(Ordering::Relaxed), 2);
}
