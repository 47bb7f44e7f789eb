//! The future belongs to no runtime.

#[path = "support/answer_of.rs"]
mod answer_of;
#[path = "support/pipe.rs"]
mod pipe;

use answer_of::answer_of;
use coroutine::{fetch_data, fetch_data_patiently};
use futures::future::{join, join_all};
use pipe::Pipe;
use std::io::Write;
use std::time::Duration;

/// A fetch that is answered only when the task beside it has had its turn, and a hundred more.
async fn a_waiting_fetch_leaves_the_thread_free() {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let (waited, ()) = join(fetch_data(&url), async {
        pipe.writer.write_all(b"at last").unwrap();
        drop(pipe.writer);
    })
    .await;
    assert_eq!(waited, Ok(b"at last".to_vec()));

    let patience = Duration::from_millis(1);
    let all = (0..100).map(|_| fetch_data_patiently("file:///no/such/file", patience));
    assert!(join_all(all).await.iter().all(Result::is_err));
}

#[test]
fn it_works_on_tokio_with_many_threads() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let task = runtime.spawn(a_waiting_fetch_leaves_the_thread_free());
    answer_of(task).unwrap();
}

#[test]
fn it_works_on_tokio_with_one_thread() {
    answer_of(async {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(a_waiting_fetch_leaves_the_thread_free());
    });
}

#[test]
fn it_works_on_smol() {
    answer_of(smol::spawn(a_waiting_fetch_leaves_the_thread_free()));
}

#[test]
fn it_works_under_block_on_of_futures() {
    answer_of(a_waiting_fetch_leaves_the_thread_free());
}
