//! What a timeout and a drop do to the C++ call, and what they do not.

#[path = "support/pipe.rs"]
mod pipe;

use blocking::{WorkError, async_work, async_work_until, cancellable_work};
use futures::poll;
use pipe::Pipe;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

/// Not to be slept through: the call cannot end by itself, so any limit is reached.
const LIMIT: Duration = Duration::from_millis(10);

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

#[test]
fn a_timeout_returns_in_time_while_cpp_goes_on() {
    let (data, mut pipe) = Pipe::new();
    runtime().block_on(async {
        let mut call = Box::pin(async_work(data));
        assert!(poll!(&mut call).is_pending());
        pipe.wait_until_read();
        assert!(timeout(LIMIT, call).await.is_err());
        for _ in 0..4 {
            pipe.wait_until_read();
        }
        drop(pipe);
    });
}

#[test]
fn dropping_the_future_does_not_stop_cpp() {
    let (data, mut pipe) = Pipe::new();
    runtime().block_on(async {
        let mut call = Box::pin(async_work(data));
        assert!(poll!(&mut call).is_pending());
        pipe.wait_until_read();
        drop(call);
        for _ in 0..4 {
            pipe.wait_until_read();
        }
        drop(pipe);
    });
}

#[test]
fn dropping_a_cancellable_future_stops_cpp() {
    let (data, mut pipe) = Pipe::new();
    runtime().block_on(async {
        let mut call = Box::pin(cancellable_work(data));
        assert!(poll!(&mut call).is_pending());
        pipe.wait_until_read();
        drop(call);
        pipe.wait_until_closed();
    });
}

#[test]
fn a_timeout_stops_a_cancellable_call() {
    let (data, mut pipe) = Pipe::new();
    runtime().block_on(async {
        let mut call = Box::pin(cancellable_work(data));
        assert!(poll!(&mut call).is_pending());
        pipe.wait_until_read();
        assert!(timeout(LIMIT, call).await.is_err());
        pipe.wait_until_closed();
    });
}

#[test]
fn a_stopped_call_says_so() {
    let (data, mut pipe) = Pipe::new();
    let stop = Arc::default();
    runtime().block_on(async {
        let mut call = Box::pin(async_work_until(Arc::clone(&stop), data));
        assert!(poll!(&mut call).is_pending());
        pipe.wait_until_read();
        stop.request();
        pipe.wait_until_closed();
        assert_eq!(call.await, Err(WorkError::Stopped));
    });
}
