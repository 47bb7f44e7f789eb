//! What is measured.

use crate::floor;
use futures::Stream;

#[cxx_await::bridge(namespace = "bench")]
pub mod ffi {
    unsafe extern "C++" {
        include!("cxx-await-bench/include/bench.h");

        async fn on_worker(n: u64) -> Result<u64>;
        async fn at_once(n: u64) -> Result<u64>;
        fn counted(n: u64) -> impl Stream<Item = u64>;
        fn batches(n: u64) -> impl Stream<Item = UniquePtr<CxxVector<u64>>>;
        async fn await_ready(n: u64) -> u64;
        async fn await_oneshot(n: u64) -> u64;
        async fn await_stream(n: u64) -> u64;
        fn wait_for_oneshot(n: u64) -> u64;
        fn allocations() -> u64;
    }

    extern "Rust" {
        async fn ready(n: u64) -> u64;
        async fn oneshot(n: u64) -> u64;
        fn numbers(n: u64) -> impl Stream<Item = u64>;
    }
}

async fn ready(n: u64) -> u64 {
    n
}

async fn oneshot(n: u64) -> u64 {
    floor::by_condvar(n).await
}

pub fn numbers(n: u64) -> impl Stream<Item = u64> {
    futures::stream::iter(0..n)
}
