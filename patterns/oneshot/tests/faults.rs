//! Calls that fail, and signals: what cannot be had is an error, and nothing that was begun stays behind.

#[path = "support/child.rs"]
mod child;
mod pipe;

use child::{each_fault, with_faults};
use futures::FutureExt;
use futures::executor::block_on;
use oneshot::{FetchError, fetch_data};
use pipe::Pipe;
use std::fs::read_dir;
use std::io::Write;
use std::time::{Duration, Instant};

fn failed(words: &str) -> Result<Vec<u8>, FetchError> {
    Err(FetchError::Failed(words.to_owned()))
}

/// The kernel strikes a thread off its list shortly after it could be joined.
fn wait_for_threads(threads: usize) {
    let limit = Instant::now() + Duration::from_secs(10);
    while read_dir("/proc/self/task").unwrap().count() != threads {
        assert!(Instant::now() < limit, "a thread was left behind");
        std::thread::yield_now();
    }
}

#[test]
fn a_thread_that_cannot_be_started_is_an_err_and_the_others_are_joined() {
    for call in 1..=4 {
        let ended = with_faults(&format!("pthread_create:{call}"), || {
            let before = read_dir("/proc/self/task").unwrap().count();
            let fetched = block_on(fetch_data("file:///dev/null"));
            assert_eq!(fetched, failed("Resource temporarily unavailable"));
            wait_for_threads(before);
            // The next fetch can start all four of them.
            assert_eq!(block_on(fetch_data("file:///dev/null")), Ok(vec![]));
            wait_for_threads(before + 4);
        });
        assert!(ended.status.success(), "thread {call}: {ended:?}");
    }
}

#[test]
fn a_descriptor_that_cannot_be_had_is_an_err() {
    let ended = with_faults("open:1", || {
        let fetched = block_on(fetch_data("file:///dev/null"));
        assert_eq!(fetched, failed("/dev/null: Too many open files"));
        assert_eq!(block_on(fetch_data("file:///dev/null")), Ok(vec![]));
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn memory_that_runs_out_is_an_err_or_ends_the_process() {
    each_fault("malloc", || {
        let _ = block_on(fetch_data("file:///proc/self/status"));
    });
}

#[test]
fn a_signal_interrupts_no_fetch() {
    let ended = with_faults("signals:1ms", || {
        let mut pipe = Pipe::new();
        let url = pipe.url.clone();
        let mut fetch = Box::pin(fetch_data(&url));
        assert_eq!((&mut fetch).now_or_never(), None);
        for _ in 0..20 {
            // Time for some signals. Without one, nothing would be interrupted.
            std::thread::sleep(Duration::from_millis(5));
            pipe.wait_until_read();
        }
        pipe.writer.write_all(b"the end").unwrap();
        drop(pipe);
        assert!(block_on(fetch).unwrap().ends_with(b"the end"));
    });
    assert!(ended.status.success(), "{ended:?}");
}
