//! FIFOs, whose bytes come when their writer does.

#[path = "support/answer_of.rs"]
mod answer_of;
#[path = "support/fifo.rs"]
mod fifo;

use answer_of::answer_of;
use coroutine::fetch_data;
use fifo::Fifo;
use futures::FutureExt;
use std::io::Write;

#[test]
fn a_fifo_is_read_when_its_writer_comes() {
    let fifo = Fifo::new("read");
    let url = fifo.url.clone();
    let mut fetch = Box::pin(async move { fetch_data(&url).await });
    assert_eq!((&mut fetch).now_or_never(), None);
    // Time for a worker to find it empty.
    for _ in 0..100 {
        assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
    }
    assert_eq!((&mut fetch).now_or_never(), None);
    let mut writer = fifo.writer();
    writer.write_all(b"all is well").unwrap();
    drop(writer);
    assert_eq!(answer_of(fetch), Ok(b"all is well".to_vec()));
}

#[test]
fn a_dropped_fetch_of_a_fifo_frees_its_worker() {
    let fifo = Fifo::new("dropped");
    for _ in 0..8 {
        let mut fetch = Box::pin(fetch_data(&fifo.url));
        assert_eq!((&mut fetch).now_or_never(), None);
    }
    assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
}
