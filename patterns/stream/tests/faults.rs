//! Calls that fail or are interrupted.

#[path = "support/child.rs"]
mod child;
#[path = "support/pipe.rs"]
mod pipe;

use child::{each_fault, with_faults};
use futures::StreamExt;
use futures::executor::block_on;
use pipe::Pipe;
use std::time::Duration;
use stream::{Event, event_stream};

/// A stream of two lines: an `Err`, or whole, or one that ends with an error.
fn two_lines() {
    let mut pipe = Pipe::new();
    let path = pipe.path();
    pipe.write("one\ntwo\n");
    let Ok(events) = event_stream(&path) else {
        return;
    };
    drop(pipe);
    let events: Vec<Event> = block_on(events.collect());
    let whole = ["one", "two"].map(|line| Ok(line.to_owned()));
    assert!(events.last().unwrap().is_err() || events == whole);
}

#[test]
fn what_finds_no_thread_or_descriptor_is_an_err() {
    for function in ["pthread_create", "eventfd", "open"] {
        each_fault(function, || {
            two_lines();
            two_lines();
        });
    }
}

#[test]
fn what_finds_no_memory_is_an_error_or_the_end_of_the_process() {
    each_fault("malloc", two_lines);
}

#[test]
fn signals_lose_no_event() {
    let child = with_faults("signals:1ms", || {
        let mut pipe = Pipe::new();
        let mut events = event_stream(&pipe.path()).unwrap();
        for line in 0..100 {
            // Long enough for a signal to find C++ waiting, most of the times.
            std::thread::sleep(Duration::from_millis(2));
            pipe.write(&format!("{line}\n"));
            let event = block_on(events.next()).unwrap();
            assert_eq!(event, Ok(line.to_string()));
        }
    });
    assert!(child.status.success(), "{child:?}");
}
