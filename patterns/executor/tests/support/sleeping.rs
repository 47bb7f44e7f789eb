//! Whether another thread sleeps, as the kernel sees it: what waits on a lock or a condition does.

use std::fs::{read_link, read_to_string};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// A thread, for `wait_until_asleep` of another.
pub fn this_thread() -> PathBuf {
    PathBuf::from("/proc").join(read_link("/proc/thread-self").unwrap())
}

pub fn wait_until_asleep(thread: &Path) {
    let limit = Instant::now() + Duration::from_secs(20);
    loop {
        let stat = read_to_string(thread.join("stat")).unwrap();
        let (_, state) = stat.rsplit_once(") ").unwrap();
        if state.starts_with('S') {
            return;
        }
        assert!(Instant::now() < limit, "still awake: {stat}");
        thread::yield_now();
    }
}
