//! What a fetch gives, from a real server on loopback.

#[path = "support/origin.rs"]
mod origin;

use futures::executor::block_on;
use origin::Origin;
use rust_async::{FetchError, fetch_data, fetch_within};
use std::io::{self, ErrorKind, Read, Write};
use std::thread;
use std::time::Duration;

/// What a fetch gives when the server says `answer` and closes the connection.
fn fetch(answer: Vec<u8>) -> Result<Vec<u8>, String> {
    let origin = Origin::new();
    let url = origin.url();
    // A client that has enough hangs up: not all of the answer may be wanted.
    let server = thread::spawn(move || origin.request().write_all(&answer).is_ok());
    let fetched = block_on(fetch_data(&url)).map_err(|error| error.to_string());
    server.join().unwrap();
    fetched
}

fn with_length(length: usize, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

#[test]
fn the_whole_body_arrives() {
    let bytes: Vec<u8> = (0..200_000).map(|i| (i % 251) as u8).collect();
    assert!(fetch(with_length(bytes.len(), &bytes)) == Ok(bytes));

    let chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    assert_eq!(fetch(chunked.into()), Ok(b"hello".into()));
    assert_eq!(fetch(with_length(0, b"")), Ok(vec![]));
}

#[test]
fn a_status_that_is_no_success_is_an_err() {
    let missing = "HTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\nnope";
    assert_eq!(fetch(missing.into()), Err("404 Not Found".to_owned()));
}

#[test]
fn a_body_that_is_cut_short_is_an_err() {
    let cut = fetch(with_length(10, b"half"));
    assert!(cut.is_err(), "{cut:?}");
}

#[test]
fn a_body_of_more_than_16_mib_is_an_err() {
    let (most, more) = (16 << 20, (16 << 20) + 1);
    let length = fetch(with_length(most, &vec![0; most])).map(|body| body.len());
    assert_eq!(length, Ok(most));
    let error = fetch(with_length(more, &vec![0; more])).unwrap_err();
    assert_eq!(error, "length limit exceeded");
}

#[test]
fn a_server_that_is_not_there_is_an_err() {
    let url = Origin::new().url();
    let error = block_on(fetch_data(&url)).unwrap_err();
    let error: &io::Error = error.downcast_ref().unwrap();
    assert_eq!(error.kind(), ErrorKind::ConnectionRefused);
    let error = block_on(fetch_data("ftp://127.0.0.1/")).unwrap_err();
    assert_eq!(error.to_string(), "not an http:// URL");
    let error = block_on(fetch_data("no URL")).unwrap_err();
    assert_eq!(error.to_string(), "invalid uri character");
}

#[test]
fn a_fetch_that_takes_too_long_is_timed_out_and_hangs_up() {
    let origin = Origin::new();
    let url = origin.url();
    let server = thread::spawn(move || {
        // It never answers, and learns that nobody waits any more.
        let (mut socket, _) = origin.0.accept().unwrap();
        socket.read_to_end(&mut Vec::new()).unwrap()
    });
    let fetched: Result<Vec<u8>, FetchError> =
        block_on(fetch_within(&url, Duration::from_millis(50)));
    let error = fetched.unwrap_err();
    let error: &io::Error = error.downcast_ref().unwrap();
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    server.join().unwrap();
}
