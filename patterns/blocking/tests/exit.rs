//! The end of the process, seen from outside: each test runs itself again, as a child that exits.

#[path = "support/child.rs"]
mod child;
#[path = "support/pipe.rs"]
mod pipe;

use blocking::{async_work, on_blocking_thread};
use child::in_child;
use pipe::Pipe;
use std::process::exit;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap()
}

#[test]
fn exit_does_not_wait_for_cpp() {
    let ended = in_child(&[], || {
        let (data, mut pipe) = Pipe::new();
        let runtime = runtime();
        runtime.spawn(async_work(data));
        pipe.wait_until_read();
        exit(3);
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}

#[test]
fn a_blocking_thread_may_exit() {
    let ended = in_child(&[], || {
        let _ = runtime().block_on(on_blocking_thread::<()>(|| exit(4)));
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}
