use crate::bridge::EventKind;
use crate::{EventCallback, EventStream, StreamContext, handle_event, subscribe};

/// How many lines a batch holds at most.
pub const BATCH: usize = 64;

/// Like [`event_stream`](crate::event_stream), but each event is a batch: up to [`BATCH`] lines,
/// with a `\n` between them. `split('\n')` gives them back. A batch never waits to be full.
pub fn event_batches(path: &str) -> Result<EventStream, cxx::Exception> {
    event_batches_with(path, handle_batch)
}

/// The same with a callback around [`handle_batch`].
pub fn event_batches_with(
    path: &str,
    callback: EventCallback,
) -> Result<EventStream, cxx::Exception> {
    subscribe(path, BATCH, callback)
}

/// Takes one batch from C++. Its lines become events of their own when one of them is not UTF-8.
pub fn handle_batch(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
    if kind != EventKind::Line || str::from_utf8(bytes).is_ok() {
        return handle_event(context, kind, bytes);
    }
    let mut lines = bytes.split(|byte| *byte == b'\n');
    lines.all(|line| handle_event(context, kind, line))
}
