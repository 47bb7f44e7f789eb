//! Dropping the future.

mod latch;
mod pipe;

use futures::FutureExt;
use latch::Latch;
use oneshot::{AsyncContext, fetch_data, fetch_with, stopped_fetches};
use pipe::Pipe;
use std::io::Write;

#[test]
fn dropping_the_future_stops_the_cpp_work() {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let mut fetch = Box::pin(fetch_data(&url));
    assert_eq!((&mut fetch).now_or_never(), None);
    pipe.wait_until_read();
    assert_eq!(stopped_fetches(), 0);

    drop(fetch);
    drop(pipe.reader);
    // From here on only C++ has the file open: when it closes it, writing fails. Half of what C++ would read.
    let blocks = (0..128).take_while(|_| pipe.writer.write_all(&[b'x'; 64 << 10]).is_ok());
    assert!(blocks.count() < 128, "C++ went on reading");
    assert_eq!(stopped_fetches(), 1);
}

#[test]
fn a_late_answer_is_ignored() {
    static ANSWERING: Latch = Latch::new();
    static DROPPED: Latch = Latch::new();
    static IGNORED: Latch = Latch::new();
    fn late(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
        ANSWERING.reach();
        DROPPED.wait_for(1);
        oneshot::handle_fetch_result(context, ok, data, error);
        IGNORED.reach();
    }

    let mut fetch = Box::pin(fetch_with("file:///proc/self/status", late));
    assert_eq!((&mut fetch).now_or_never(), None);
    ANSWERING.wait_for(1);
    drop(fetch);
    DROPPED.reach();
    IGNORED.wait_for(1);
}
