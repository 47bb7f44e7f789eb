//! The future belongs to no runtime.

mod deadline;
mod pipe;

use deadline::answer_of;
use futures::future::{join, join_all};
use oneshot::fetch_data;
use pipe::Pipe;
use std::io::Write;

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

    let all = join_all((0..100).map(|_| fetch_data("file:///dev/null"))).await;
    assert_eq!(all, vec![Ok(vec![]); 100]);
}

#[test]
fn works_on_tokio_multi_thread() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let task = runtime.spawn(a_waiting_fetch_leaves_the_thread_free());
    answer_of(task).unwrap();
}

#[test]
fn works_on_tokio_current_thread() {
    answer_of(async {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        runtime.block_on(a_waiting_fetch_leaves_the_thread_free());
    });
}

#[test]
fn works_on_smol() {
    answer_of(smol::spawn(a_waiting_fetch_leaves_the_thread_free()));
}

#[test]
fn works_under_block_on() {
    answer_of(a_waiting_fetch_leaves_the_thread_free());
}
