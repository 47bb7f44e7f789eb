//! Fewer threads than calls.

#[path = "support/pipe.rs"]
mod pipe;

use blocking::{Stop, WorkError, async_work, async_work_until, on_blocking_thread, work};
use futures::executor::block_on;
use futures::future::join_all;
use futures::{join, poll};
use pipe::Pipe;
use std::collections::HashSet;
use std::fs::File;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};
use tokio::runtime::{Builder, Runtime};

fn runtime(threads: usize) -> Runtime {
    Builder::new_current_thread()
        .max_blocking_threads(threads)
        .build()
        .unwrap()
}

#[test]
fn a_full_pool_queues_and_all_calls_are_answered() {
    static THREADS: Mutex<Option<HashSet<ThreadId>>> = Mutex::new(None);
    let threads = || THREADS.lock().unwrap().as_ref().map_or(0, HashSet::len);

    let (data, pipes): (Vec<_>, Vec<_>) = (0..100).map(|_| Pipe::new()).unzip();
    let calls = data.into_iter().map(|data| {
        on_blocking_thread(move || {
            THREADS
                .lock()
                .unwrap()
                .get_or_insert_default()
                .insert(thread::current().id());
            work(&Stop::default(), &data.into())
        })
    });

    let answers = runtime(2).block_on(async {
        let mut all = Box::pin(join_all(calls));
        // No call can end before all have been asked for: a pool with room has a thread for each.
        assert!(poll!(&mut all).is_pending());
        while threads() < 2 {
            thread::yield_now();
        }
        drop(pipes);
        all.await
    });
    assert!(answers.iter().all(Result::is_ok), "{answers:?}");
    assert_eq!(answers.len(), 100);
    assert_eq!(threads(), 2);
}

#[test]
fn shutdown_does_not_forget_what_is_queued() {
    let (data, mut pipe) = Pipe::new();
    let (null, runtime) = (File::open("/dev/null").unwrap(), runtime(1));
    let mut under_way = Box::pin(async_work(data));
    let mut queued = Box::pin(async_work(null));
    runtime.block_on(async {
        assert!(poll!(&mut under_way).is_pending());
        assert!(poll!(&mut queued).is_pending());
    });
    pipe.wait_until_read();
    runtime.shutdown_background();
    drop(pipe);

    let answers = block_on(async { join!(under_way, queued) });
    assert_eq!(answers.0.unwrap().bytes, 3 * (64 << 10));
    assert_eq!(answers.1.unwrap().bytes, 0);
}

#[test]
fn a_queued_call_that_is_stopped_reads_nothing() {
    let (data, mut pipe) = Pipe::new();
    let (silent, _never_written) = Pipe::new();
    let stop = Arc::default();
    runtime(1).block_on(async {
        let mut under_way = Box::pin(async_work(data));
        let mut queued = Box::pin(async_work_until(Arc::clone(&stop), silent));
        assert!(poll!(&mut under_way).is_pending());
        assert!(poll!(&mut queued).is_pending());
        pipe.wait_until_read();
        stop.request();
        drop(pipe);
        assert!(under_way.await.is_ok());
        assert_eq!(queued.await, Err(WorkError::Stopped));
    });
    assert_eq!(WorkError::Stopped.to_string(), "stopped");
}

#[test]
fn a_call_after_shutdown_is_an_err() {
    let runtime = runtime(1);
    let handle = runtime.handle().clone();
    drop(runtime);

    let _context = handle.enter();
    let (data, _pipe) = Pipe::new();
    let error = block_on(async_work(data)).unwrap_err();
    assert_eq!(error, WorkError::NeverRan);
    assert_eq!(error.to_string(), "the runtime has been shut down");
}
