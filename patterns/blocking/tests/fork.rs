//! A process that forks while C++ reads. Each test runs itself again, as one that does.

#[path = "support/child.rs"]
mod child;
#[path = "support/pipe.rs"]
mod pipe;

use blocking::{Checksum, async_work};
use child::{forked, in_child};
use pipe::Pipe;
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::process::Command;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap()
}

fn fork_while_cpp_reads(body: fn()) {
    let ended = in_child(&[], || {
        let (data, mut pipe) = Pipe::new();
        let runtime = runtime();
        let call = runtime.spawn(async_work(data));
        pipe.wait_until_read();

        let status = forked(body);
        assert!(status.success(), "the forked child: {status}");

        drop(pipe);
        let sum = runtime.block_on(call).unwrap().unwrap();
        assert_eq!(sum.bytes, 3 * (64 << 10));
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_forked_child_may_exit() {
    fork_while_cpp_reads(|| {});
}

#[test]
fn a_forked_child_may_exec() {
    fork_while_cpp_reads(|| {
        let error = Command::new("true").exec();
        panic!("{error}");
    });
}

#[test]
fn a_forked_child_may_block_in_a_runtime_of_its_own() {
    fork_while_cpp_reads(|| {
        let null = File::open("/dev/null").unwrap();
        let sum = runtime().block_on(async_work(null));
        assert_eq!(sum, Ok(Checksum::default()));
    });
}
