//! The destructor of a `std::future` that `std::async` made.

use cpp_async::{PendingFetch, start_fetch};
use cxx::UniquePtr;
use std::io::Write;
use std::os::fd::AsRawFd;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::{Duration, Instant};

/// Whether `let_go` returns while C++ reads. The pipe that it reads is ended when `let_go` has
/// returned, but no later than after `patience`.
fn returns_at_once(let_go: impl FnOnce(UniquePtr<PendingFetch>), patience: Duration) -> bool {
    let (reader, mut writer) = std::io::pipe().unwrap();
    let fetch = start_fetch(&format!("file:///dev/fd/{}", reader.as_raw_fd())).unwrap();
    // More than a pipe holds: it returns when C++ reads.
    writer.write_all(&[b'x'; 3 * (64 << 10)]).unwrap();
    let (sender, returned) = sync_channel(1);
    let end = thread::spawn(move || {
        let _ = returned.recv_timeout(patience);
        let ended = Instant::now();
        drop(writer);
        ended
    });
    let_go(fetch);
    let returned = Instant::now();
    let _ = sender.send(());
    returned < end.join().unwrap()
}

#[test]
fn discarding_a_std_future_waits_for_the_fetch() {
    assert!(!returns_at_once(drop, Duration::from_millis(200)));
}

#[test]
fn keeping_a_std_future_does_not() {
    let mut kept = None;
    let keep = |fetch| kept = Some(fetch);
    assert!(returns_at_once(keep, Duration::from_secs(10)));
}
