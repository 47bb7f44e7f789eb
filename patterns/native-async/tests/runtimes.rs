//! The future belongs to no runtime.

use futures::executor::block_on;
use futures::future::{join, join_all};
use native_async::fetch::ffi::{fetch_data, pause};
use native_async::ffi::greeting;

/// Awaits both directions, and a hundred at once, while a task beside it has its turn.
async fn both_ways_and_a_hundred() {
    let (hello, paused) = join(greeting(1), pause(5)).await;
    assert_eq!((hello.unwrap().as_str(), paused), ("Hello, Ada", ()));
    let all = (0..100).map(|_| fetch_data("data:,one of many", 1));
    let all = join_all(all).await;
    assert_eq!(all.len(), 100);
    assert!(all.iter().all(|one| one.as_deref() == Ok("one of many")));
}

#[test]
fn it_works_on_tokio_with_many_threads() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let tasks: Vec<_> = (0..4)
        .map(|_| runtime.spawn(both_ways_and_a_hundred()))
        .collect();
    for task in tasks {
        assert!(runtime.block_on(task).is_ok());
    }
}

#[test]
fn it_works_on_tokio_with_one_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(both_ways_and_a_hundred());
}

#[test]
fn a_runtime_may_be_shut_down_with_coroutines_in_flight() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    for _ in 0..100 {
        runtime.spawn(fetch_data("data:,late", 3_600_000));
    }
    runtime.block_on(pause(1));
    drop(runtime);
    assert_eq!(
        block_on(fetch_data("data:,after it", 1)).as_deref(),
        Ok("after it")
    );
}

#[test]
fn it_works_on_smol() {
    smol::block_on(smol::spawn(both_ways_and_a_hundred()));
}

#[test]
fn it_works_under_block_on_of_futures() {
    block_on(both_ways_and_a_hundred());
}
