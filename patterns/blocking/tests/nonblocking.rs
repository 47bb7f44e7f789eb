//! Descriptors that do not block, as those of tokio and of other async libraries.

use blocking::{async_work, cancellable_work};
use futures::poll;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

fn silent_socket() -> (UnixStream, UnixStream) {
    let (data, writer) = UnixStream::pair().unwrap();
    data.set_nonblocking(true).unwrap();
    // For a test that fails.
    let limit = Some(Duration::from_secs(20));
    writer.set_read_timeout(limit).unwrap();
    (data, writer)
}

#[test]
fn a_descriptor_that_does_not_block_is_waited_for() {
    let (data, mut writer) = silent_socket();
    // More than one of the waits that end without data.
    let late = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        writer.write_all(b"123456789").unwrap();
    });
    let sum = runtime().block_on(async_work(data)).unwrap();
    assert_eq!((sum.bytes, sum.crc32), (9, 0xcbf4_3926));
    late.join().unwrap();
}

#[test]
fn a_stop_ends_the_wait_for_it() {
    let (data, mut writer) = silent_socket();
    runtime().block_on(async {
        let mut call = Box::pin(cancellable_work(data));
        assert!(poll!(&mut call).is_pending());
        // Time for C++ to find nothing, and to wait. Without it, C++ would see the stop before.
        std::thread::sleep(Duration::from_millis(50));
        drop(call);
    });
    assert_eq!(writer.read(&mut [0]).unwrap(), 0, "closed");
}
