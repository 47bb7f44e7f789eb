//! A process that forks after its first fetch. Each test runs itself again, as one that does.

#[path = "support/child.rs"]
mod child;
#[path = "support/counts.rs"]
mod counts;
#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/server.rs"]
mod server;

use child::{forked, in_child};
use coroutine::{fetch_data, fetch_data_asio, fetch_data_patiently};
use counts::Counts;
use futures::FutureExt;
use futures::executor::block_on;
use pipe::Pipe;
use server::Server;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::Duration;

/// Forks while one coroutine reads, one sleeps and one waits for a socket.
fn fork_with_work_in_flight(body: fn()) {
    let ended = in_child(&[], || {
        let counts = Counts::begin();
        let mut pipe = Pipe::new();
        let url = pipe.url.clone();
        let mut reading = Box::pin(fetch_data(&url));
        assert_eq!((&mut reading).now_or_never(), None);
        pipe.wait_until_read();
        let hour = Duration::from_secs(3600);
        let mut sleeping = Box::pin(fetch_data_patiently("file:///no/such/file", hour));
        assert_eq!((&mut sleeping).now_or_never(), None);
        counts.wait_for_sleeping(1);
        let server = Server::new("fork");
        let mut waiting = Box::pin(fetch_data_asio(&server.url));
        assert_eq!((&mut waiting).now_or_never(), None);
        let mut connection = server.accept();

        let status = forked(body);
        assert!(status.success(), "the forked child: {status}");

        // The parent has lost nothing.
        drop(pipe);
        assert_eq!(block_on(reading).unwrap().len(), 3 * (64 << 10));
        connection.write_all(b"said").unwrap();
        drop(connection);
        assert_eq!(block_on(waiting), Ok(b"said".to_vec()));
        drop(sleeping);
        counts.frames_when_all_have_ended();
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
        assert_eq!(block_on(fetch_data("file:///dev/null")), Ok(vec![]));
        let soon = Duration::from_millis(1);
        assert!(block_on(fetch_data_patiently("file:///no/such/file", soon)).is_err());
        let server = Server::new("forked");
        let mut fetch = Box::pin(fetch_data_asio(&server.url));
        assert_eq!((&mut fetch).now_or_never(), None);
        server.accept().write_all(b"said").unwrap();
        assert_eq!(block_on(fetch), Ok(b"said".to_vec()));
    });
}
