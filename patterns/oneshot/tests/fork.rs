//! A process that forks after its first fetch. Each test runs itself again, as one that does.

#[path = "support/child.rs"]
mod child;
mod pipe;

use child::{forked, in_child};
use futures::FutureExt;
use futures::executor::block_on;
use oneshot::fetch_data;
use pipe::Pipe;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Forks while a worker reads, and another fetch has been answered.
fn fork_with_work_in_flight(body: fn()) {
    let ended = in_child(&[], || {
        let mut pipe = Pipe::new();
        let url = pipe.url.clone();
        let mut fetch = Box::pin(fetch_data(&url));
        assert_eq!((&mut fetch).now_or_never(), None);
        pipe.wait_until_read();
        assert_eq!(block_on(fetch_data("file:///dev/null")), Ok(vec![]));

        let status = forked(body);
        assert!(status.success(), "the forked child: {status}");

        // The parent has lost nothing.
        drop(pipe);
        assert_eq!(block_on(fetch).unwrap().len(), 3 * (64 << 10));
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_forked_child_may_exit() {
    fork_with_work_in_flight(|| {});
}

#[test]
fn a_forked_child_may_exec() {
    fork_with_work_in_flight(|| {
        let error = Command::new("true").exec();
        panic!("{error}");
    });
}

#[test]
fn a_forked_child_may_fetch() {
    fork_with_work_in_flight(|| {
        for _ in 0..100 {
            assert_eq!(block_on(fetch_data("file:///dev/null")), Ok(vec![]));
        }
    });
}
