//! An empty event, an error and the end are three different things.

use futures::executor::block_on;
use futures::{Stream, StreamExt};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::{Context, Poll, Wake};
use stream::bridge::EventKind;
use stream::{Event, EventError, StreamContext, event_stream, event_stream_with, handle_event};

#[path = "support/log.rs"]
mod log;
#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/tally.rs"]
mod tally;

use log::Log;
use pipe::Pipe;
use tally::Tally;

fn events_of(path: &str) -> Vec<Event> {
    block_on(event_stream(path).unwrap().collect())
}

fn line(text: &str) -> Event {
    Ok(text.to_owned())
}

#[test]
fn an_empty_line_is_an_event_and_not_the_end() {
    assert_eq!(
        events_of(Log::of("\nfirst\n\n\nlast\n").path()),
        ["", "first", "", "", "last"].map(line)
    );
}

#[test]
fn an_empty_source_ends_without_an_event() {
    assert_eq!(events_of(Log::of("").path()), []);
}

#[test]
fn the_end_stays_the_end() {
    let log = Log::of("only");
    let mut events = event_stream(log.path()).unwrap();
    assert_eq!(block_on(events.next()), Some(line("only")));
    assert_eq!(block_on(events.next()), None);
    assert_eq!(block_on(events.next()), None);
}

#[test]
fn a_source_that_cannot_be_opened_is_an_err_of_event_stream() {
    let error = event_stream("/no/such/log")
        .err()
        .expect("there is no such file");
    assert_eq!(error.what(), "open /no/such/log: No such file or directory");
}

#[test]
fn a_nul_in_the_path_is_an_err_of_event_stream() {
    let refused = event_stream("/dev/null\0more").err().unwrap();
    assert_eq!(
        refused.what(),
        "a NUL, which would end the name for the system"
    );
}

#[test]
fn a_cpp_exception_on_the_thread_is_an_error_and_then_the_end() {
    // Linux opens a folder and refuses to read it.
    let events = events_of("/");
    assert_eq!(
        events,
        [Err(EventError::Cpp("read: Is a directory".to_owned()))]
    );
    assert_eq!(
        events[0].as_ref().unwrap_err().to_string(),
        "C++ threw: read: Is a directory"
    );
}

#[test]
fn an_exception_of_any_type_is_an_error_and_then_the_end() {
    let log = Log::of(format!("short\n{}\nnever read\n", "x".repeat(1 << 18)));
    let unknown = Err(EventError::Cpp("not a std::exception".to_owned()));
    assert_eq!(events_of(log.path()), [line("short"), unknown]);
}

#[test]
fn bytes_that_are_not_utf8_are_an_error_in_their_place() {
    let events = events_of(Log::of(b"before\n\xc3\x28\nafter\n").path());
    assert_eq!(events.len(), 3);
    assert_eq!(events[0], line("before"));
    assert_eq!(events[1].as_ref().unwrap_err().to_string(), {
        "not UTF-8: invalid utf-8 sequence of 1 bytes from index 0"
    });
    assert_eq!(events[2], line("after"));
}

#[test]
fn a_panic_in_the_callback_is_an_error_and_then_the_end() {
    static RETURNED: Tally = Tally::new();
    static ACCEPTED: AtomicBool = AtomicBool::new(true);

    fn watched(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        let accepted = handle_event(context, kind, bytes);
        ACCEPTED.store(accepted, SeqCst);
        RETURNED.add_one();
        accepted
    }

    // The callback runs code of others in one place: it wakes the task that waits.
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            panic!("this waker panics, as the test wants it to");
        }
    }

    let mut pipe = Pipe::new();
    let mut events = event_stream_with(&pipe.path(), watched).unwrap();
    let waker = Arc::new(Panics).into();
    let mut context = Context::from_waker(&waker);
    assert_eq!(Pin::new(&mut events).poll_next(&mut context), Poll::Pending);

    pipe.write("first\nnever sent\n");
    assert_eq!(RETURNED.wait_for(1), 1);
    assert!(!ACCEPTED.load(SeqCst), "C++ was not told to stop");

    let rest: Vec<Event> = block_on(events.collect());
    assert_eq!(rest, [line("first"), Err(EventError::Panicked)]);
    assert_eq!(EventError::Panicked.to_string(), "the callback panicked");
    assert_eq!(
        RETURNED.wait_for(1),
        1,
        "C++ called again after it was told to stop"
    );
}

#[test]
fn a_panic_of_the_waker_that_learns_of_the_end_stays_in_rust() {
    struct Panics(Tally);
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            self.0.add_one();
            panic!("this waker panics, as the test wants it to");
        }
    }

    let pipe = Pipe::new();
    let mut events = event_stream(&pipe.path()).unwrap();
    let task = Arc::new(Panics(Tally::new()));
    let waker = Arc::clone(&task).into();
    let mut context = Context::from_waker(&waker);
    assert_eq!(Pin::new(&mut events).poll_next(&mut context), Poll::Pending);
    drop(pipe);
    task.0.wait_for(1);
    assert_eq!(block_on(events.collect::<Vec<_>>()), []);
}
