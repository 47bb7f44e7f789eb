// ANCHOR: bridge
//! The lines of a file, read by a C++ thread, as a Rust stream.

#[cxx::bridge]
pub mod bridge {
    /// What the bytes given to the callback are.
    enum EventKind {
        /// One line, or as many as were asked for, with a `\n` between them.
        Line,
        /// The text of a C++ exception. Nothing comes after it.
        Failure,
    }

    extern "Rust" {
        type StreamContext;
    }

    unsafe extern "C++" {
        include!("stream/include/stream.h");

        type Subscription;

        fn subscribe_events(
            path: &str,
            lines: usize,
            callback: fn(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool,
            context: Box<StreamContext>,
        ) -> Result<UniquePtr<Subscription>>;
    }
}
// ANCHOR_END: bridge

// ANCHOR: context
mod batch;
mod error;

pub use batch::{BATCH, event_batches, event_batches_with, handle_batch};
use bridge::{EventKind, Subscription, subscribe_events};
use cxx::UniquePtr;
pub use error::EventError;
use futures::channel::mpsc;
use futures::executor::block_on;
use futures::{Stream, StreamExt};
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

/// How many events wait for the receiver at most. Then C++ waits.
pub const CAPACITY: usize = 64;

/// What C++ carries to its thread and gives back with each event. Dropping it ends the stream.
pub struct StreamContext {
    sender: mpsc::Sender<Event>,
}

impl Drop for StreamContext {
    /// Wakes the task that waits. C++ could not catch a panic of its waker.
    fn drop(&mut self) {
        let _ = catch_unwind(AssertUnwindSafe(|| self.sender.close_channel()));
    }
}

pub type Event = Result<String, EventError>;

pub type EventCallback = fn(&mut StreamContext, EventKind, &[u8]) -> bool;
// ANCHOR_END: context

// ANCHOR: handle_event
/// Takes one event from C++, on C++'s thread, and waits there while the channel is full.
/// False: the receiver is gone, or a waker panicked.
pub fn handle_event(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
    let event = match kind {
        EventKind::Line => str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(EventError::NotUtf8),
        _ => Err(EventError::Cpp(String::from_utf8_lossy(bytes).into_owned())),
    };
    // `block_on` waits for room. Not in it, as a waker may call it as well: the event, which wakes a task.
    let sender = &mut context.sender;
    let mut send = |event| {
        catch_unwind(AssertUnwindSafe(|| {
            block_on(poll_fn(|cx| sender.poll_ready(cx))).is_ok()
                && sender.start_send(event).is_ok()
        }))
    };
    send(event).unwrap_or_else(|_| {
        let _ = send(Err(EventError::Panicked));
        false
    })
}
// ANCHOR_END: handle_event

// ANCHOR: stream
/// The events of one subscription. Dropping it unsubscribes: C++ stops and its thread is joined.
pub struct EventStream {
    // Fields are dropped in this order: a producer that waits for room must be released before it is joined.
    events: mpsc::Receiver<Event>,
    _subscription: UniquePtr<Subscription>,
}

/// The lines of the file at `path`, as C++ reads them. `Err` when it cannot be opened.
pub fn event_stream(path: &str) -> Result<EventStream, cxx::Exception> {
    event_stream_with(path, handle_event)
}

/// The same with a callback around [`handle_event`], to count, to filter or to trace. A panic of its
/// own ends the process.
pub fn event_stream_with(
    path: &str,
    callback: EventCallback,
) -> Result<EventStream, cxx::Exception> {
    subscribe(path, 1, callback)
}

/// Up to `lines` lines an event.
fn subscribe(
    path: &str,
    lines: usize,
    callback: EventCallback,
) -> Result<EventStream, cxx::Exception> {
    // A channel holds its buffer and one event for each sender.
    let (sender, events) = mpsc::channel(CAPACITY - 1);
    let context = Box::new(StreamContext { sender });
    Ok(EventStream {
        events,
        _subscription: subscribe_events(path, lines, callback, context)?,
    })
}

impl Stream for EventStream {
    type Item = Event;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context) -> Poll<Option<Event>> {
        self.events.poll_next_unpin(cx)
    }
}
// ANCHOR_END: stream

// ANCHOR: send
/// Compiles only for a type that may move to another thread.
pub const fn assert_send<T: Send>() {}

// The bridge moves the context to a C++ thread and does not ask whether it may.
const _: () = assert_send::<StreamContext>();

// SAFETY: Rust does nothing with a subscription but destroy it, and its destructor may run on any thread,
// the producer's own included.
unsafe impl Send for Subscription {}

const _: () = assert_send::<EventStream>();
// ANCHOR_END: send
