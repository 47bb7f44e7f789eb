//! A waker that counts, and that a test can wait for.

use std::sync::{Arc, Condvar, Mutex};
use std::task::Wake;
use std::time::Duration;

pub struct Wakes {
    count: Mutex<usize>,
    changed: Condvar,
}

impl Wakes {
    pub fn new() -> Arc<Self> {
        Arc::new(Wakes {
            count: Mutex::new(0),
            changed: Condvar::new(),
        })
    }

    /// Waits until there were `least` wakes, and gives how many there were. The limit is for a test that fails.
    pub fn wait_for(&self, least: usize) -> usize {
        let (count, limit) = (self.count.lock().unwrap(), Duration::from_secs(20));
        let wait = self
            .changed
            .wait_timeout_while(count, limit, |count| *count < least);
        let (count, timeout) = wait.unwrap();
        assert!(!timeout.timed_out(), "{count} of {least} wakes");
        *count
    }
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        *self.count.lock().unwrap() += 1;
        self.changed.notify_all();
    }
}
