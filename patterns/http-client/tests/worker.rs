//! The client's thread, seen by what it leaves behind.

mod support;

use async_http_client::{HttpClient, HttpError, http_get};
use futures::FutureExt;
use futures::executor::block_on;
use futures::task::{ArcWake, waker};
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Context;
use support::{Server, reply, until_closed};

static ENDED: AtomicUsize = AtomicUsize::new(0);

/// Dropped at the end of its thread, before a join of that returns.
struct Ends(Cell<bool>);
impl Drop for Ends {
    fn drop(&mut self) {
        ENDED.fetch_add(usize::from(self.0.get()), Ordering::SeqCst);
    }
}
thread_local! {
    static ENDS: Ends = const { Ends(Cell::new(false)) };
}

struct Marks;
impl ArcWake for Marks {
    fn wake_by_ref(_: &Arc<Self>) {
        ENDS.with(|ends| ends.0.set(true));
    }
}

#[test]
fn the_worker_is_joined_when_the_drop_returns() {
    for round in 1..=50 {
        let server = Server::new(|_, stream| reply(stream, 200, "", b""));
        let silent = Server::raw(|stream, _| {
            until_closed(stream);
            Ok(())
        });
        let client = HttpClient::new().unwrap();
        // The end of this one wakes on the client's thread, at the latest when the client is dropped.
        let mut waiting = http_get(&client, &silent.url).boxed();
        let polled = waiting.poll_unpin(&mut Context::from_waker(&waker(Arc::new(Marks))));
        assert!(polled.is_pending());
        block_on(http_get(&client, &server.url)).unwrap();
        let late = http_get(&client, &server.url);
        drop(client);
        assert_eq!(ENDED.load(Ordering::SeqCst), round);
        assert_eq!(block_on(waiting), Err(HttpError::Cancelled));
        assert_eq!(block_on(late), Err(HttpError::Cancelled));
    }
}
