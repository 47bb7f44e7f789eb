//! What callbacks saw, in the order of the calls.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

pub struct Calls<T> {
    seen: Mutex<Vec<T>>,
    changed: Condvar,
}

impl<T: Clone> Calls<T> {
    pub const fn new() -> Self {
        Calls {
            seen: Mutex::new(vec![]),
            changed: Condvar::new(),
        }
    }

    pub fn push(&self, call: T) {
        self.seen.lock().unwrap().push(call);
        self.changed.notify_all();
    }

    /// Returns when there have been `times` calls. The limit is for a test that fails.
    pub fn wait_for(&self, times: usize) -> Vec<T> {
        let (seen, limit) = (self.seen.lock().unwrap(), Duration::from_secs(20));
        let wait = self
            .changed
            .wait_timeout_while(seen, limit, |seen| seen.len() < times);
        let (seen, timeout) = wait.unwrap();
        assert!(!timeout.timed_out(), "{} of {times} calls", seen.len());
        seen.clone()
    }
}
