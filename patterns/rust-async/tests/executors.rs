//! The futures belong to no executor.

#[path = "support/origin.rs"]
mod origin;

use futures::executor::block_on;
use futures::future::{join, join_all};
use origin::Origin;
use rust_async::{FetchError, fetch_within};
use std::io::Write;
use std::panic::catch_unwind;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;

const LIMIT: Duration = Duration::from_secs(20);
const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nat last";

async fn fetch(url: String) -> Result<Vec<u8>, FetchError> {
    fetch_within(&url, LIMIT).await
}

/// A fetch that is answered only when the task beside it has had its turn, and thirty more.
async fn a_waiting_fetch_leaves_the_thread_free() {
    let origin = Origin::new();
    let url = origin.url();
    let (answer, asked) = mpsc::channel();
    let server = thread::spawn(move || {
        let mut socket = origin.request();
        asked.recv().unwrap();
        socket.write_all(ANSWER).unwrap();
        for _ in 0..30 {
            origin.request().write_all(ANSWER).unwrap();
        }
    });

    let (waited, ()) = join(fetch(url.clone()), async { answer.send(()).unwrap() }).await;
    assert_eq!(waited.unwrap(), b"at last");
    for fetched in join_all((0..30).map(|_| fetch(url.clone()))).await {
        assert_eq!(fetched.unwrap(), b"at last");
    }
    server.join().unwrap();
}

#[test]
fn it_runs_on_tokio_with_many_threads() {
    let tokio = Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let task = tokio.spawn(a_waiting_fetch_leaves_the_thread_free());
    tokio.block_on(task).unwrap();
}

#[test]
fn it_runs_on_tokio_with_one_thread() {
    let tokio = Builder::new_current_thread().build().unwrap();
    tokio.block_on(a_waiting_fetch_leaves_the_thread_free());
}

#[test]
fn it_runs_on_smol() {
    smol::block_on(smol::spawn(a_waiting_fetch_leaves_the_thread_free()));
}

#[test]
fn it_runs_under_block_on_of_futures() {
    block_on(a_waiting_fetch_leaves_the_thread_free());
}

#[test]
fn a_future_may_move_to_another_executor_half_way() {
    let origin = Origin::new();
    let mut half_way = Box::pin(fetch(origin.url()));
    let (answer, asked) = mpsc::channel();
    let server = thread::spawn(move || {
        let mut socket = origin.request();
        asked.recv().unwrap();
        socket.write_all(ANSWER).unwrap();
    });
    assert!(block_on(async {
        futures::poll!(&mut half_way).is_pending()
    }));
    assert!(smol::block_on(async {
        futures::poll!(&mut half_way).is_pending()
    }));
    let tokio = Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    let fetched = tokio.spawn(half_way);
    answer.send(()).unwrap();
    assert_eq!(tokio.block_on(fetched).unwrap().unwrap(), b"at last");
    server.join().unwrap();
}

#[test]
fn a_future_of_tokios_own_panics_on_another_executor() {
    let panic = catch_unwind(|| block_on(tokio::time::sleep(LIMIT))).unwrap_err();
    let words = panic.downcast_ref::<&str>().map(|words| words.to_string());
    let words = words
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap();
    assert!(words.contains("there is no reactor running"), "{words}");
}
