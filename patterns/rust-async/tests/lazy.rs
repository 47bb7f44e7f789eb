//! When a future begins. The count of timers is the process's own: one test.

#[path = "support/origin.rs"]
mod origin;

use futures::FutureExt;
use futures::executor::block_on;
use origin::Origin;
use rust_async::{fetch_within, started_timers};
use std::io::{ErrorKind, Write};
use std::thread;
use std::time::Duration;

#[test]
fn nothing_runs_before_the_first_poll() {
    let (origin, limit) = (Origin::new(), Duration::from_secs(20));
    let url = origin.url();
    let fetch = Box::pin(fetch_within(&url, limit));
    // Not even when it moves to another thread and back.
    let mut fetch = thread::scope(|scope| scope.spawn(|| fetch).join().unwrap());
    assert_eq!(started_timers(), 0, "timers before the first poll");
    origin.0.set_nonblocking(true).unwrap();
    let connected = origin.0.accept().map_err(|error| error.kind());
    assert_eq!(connected.unwrap_err(), ErrorKind::WouldBlock);

    assert!((&mut fetch).now_or_never().is_none());
    assert_eq!(started_timers(), 1, "timers after the first poll");
    origin.0.set_nonblocking(false).unwrap();
    let server = thread::spawn(move || {
        origin
            .request()
            .write_all(b"HTTP/1.1 204 No Content\r\n\r\n")
            .unwrap()
    });
    assert_eq!(block_on(fetch).unwrap(), b"");
    server.join().unwrap();
}
