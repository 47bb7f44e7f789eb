//! Alone in its file, because it counts the threads of its process.

mod support;

use async_http_client::{HttpClient, HttpError, http_get};
use futures::executor::block_on;
use std::fs;
use support::{Server, reply};

/// How many threads this process has.
fn threads() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count()
}

#[test]
fn the_worker_is_joined_when_the_drop_returns() {
    let server = Server::new(|_, stream| reply(stream, 200, "", b""));
    let before = threads();
    let client = HttpClient::new().unwrap();
    assert_eq!(threads(), before + 1);
    let future = http_get(&client, &server.url);
    drop(client);
    assert_eq!(threads(), before);
    assert_eq!(block_on(future), Err(HttpError::Cancelled));
}
