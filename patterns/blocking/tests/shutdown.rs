//! The end of the runtime while C++ is at work.

#[path = "support/pipe.rs"]
mod pipe;

use blocking::{Stop, WorkError, async_work, async_work_until, on_blocking_thread, work};
use futures::executor::block_on;
use pipe::Pipe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap()
}

#[test]
fn shutdown_waits_for_cpp() {
    static RETURNED: AtomicBool = AtomicBool::new(false);
    static ENDED: AtomicBool = AtomicBool::new(false);

    let (data, mut pipe) = Pipe::new();
    let runtime = runtime();
    runtime.spawn(on_blocking_thread(move || {
        let result = work(&Stop::default(), &data.into());
        ENDED.store(true, SeqCst);
        result
    }));
    pipe.wait_until_read();
    // C++ ends when the pipe does: after as long as a shutdown that does not wait needs to return.
    let gate = thread::spawn(move || {
        for _ in 0..10_000 {
            if RETURNED.load(SeqCst) {
                break;
            }
            thread::yield_now();
        }
        drop(pipe);
    });

    drop(runtime);
    let ended = ENDED.load(SeqCst);
    RETURNED.store(true, SeqCst);
    assert!(ended, "the runtime was gone before C++ was done");
    gate.join().unwrap();
}

// ANCHOR: shutdown_timeout
/// Ends the runtime after 10 ms at most, whether C++ has returned or not.
fn leave_cpp_behind(runtime: tokio::runtime::Runtime) {
    runtime.shutdown_timeout(std::time::Duration::from_millis(10));
}
// ANCHOR_END: shutdown_timeout

#[test]
fn shutdown_timeout_leaves_cpp_behind() {
    let (data, mut pipe) = Pipe::new();
    let runtime = runtime();
    let call = runtime.spawn(async_work(data));
    pipe.wait_until_read();
    leave_cpp_behind(runtime);
    // Here the runtime is gone, and C++ still reads.
    pipe.wait_until_read();
    assert!(block_on(call).unwrap_err().is_cancelled());
}

#[test]
fn a_stop_makes_shutdown_return() {
    let (data, mut pipe) = Pipe::new();
    let stop = Arc::default();
    let runtime = runtime();
    let mut call = Box::pin(async_work_until(Arc::clone(&stop), data));
    runtime.block_on(async { assert!(futures::poll!(&mut call).is_pending()) });
    pipe.wait_until_read();
    // More data than C++ could ever read, were it not for the stop.
    let endless = thread::spawn(move || pipe.wait_until_closed());

    stop.request();
    drop(runtime);
    assert_eq!(block_on(call), Err(WorkError::Stopped));
    endless.join().unwrap();
}
