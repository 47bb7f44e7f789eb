//! A future that nobody polls. The count of timers is the process's own: one test.

use rust_async::{Timer, fetch_within, started_timers};
use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::Duration;

#[test]
fn a_future_that_is_never_polled_does_nothing() {
    let (origin, limit) = (TcpListener::bind("127.0.0.1:0").unwrap(), Duration::ZERO);
    let url = format!("http://{}/", origin.local_addr().unwrap());
    drop(fetch_within(&url, limit));
    drop(Timer::after(limit));
    drop(async { fetch_within(&url, limit).await });

    assert_eq!(started_timers(), 0);
    origin.set_nonblocking(true).unwrap();
    let connected = origin.accept().map_err(|error| error.kind());
    assert_eq!(connected.unwrap_err(), ErrorKind::WouldBlock);
}
