//! A gate between threads, which counts: tests wait for what happens, not for time to pass.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

pub struct Latch {
    reached: Mutex<usize>,
    changed: Condvar,
}

impl Latch {
    pub const fn new() -> Self {
        Latch {
            reached: Mutex::new(0),
            changed: Condvar::new(),
        }
    }

    pub fn reach(&self) {
        *self.reached.lock().unwrap() += 1;
        self.changed.notify_all();
    }

    /// Returns when `times` threads have reached it. The limit is for a test that fails.
    pub fn wait_for(&self, times: usize) {
        let (reached, limit) = (self.reached.lock().unwrap(), Duration::from_secs(20));
        let wait = self
            .changed
            .wait_timeout_while(reached, limit, |reached| *reached < times);
        let (reached, timeout) = wait.unwrap();
        assert!(
            !timeout.timed_out(),
            "{} of {times} came within {limit:?}",
            *reached
        );
    }
}
