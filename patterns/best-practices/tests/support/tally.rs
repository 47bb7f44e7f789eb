//! A count that a test can wait for.

use std::sync::{Condvar, Mutex};
use std::time::Duration;

/// More than any count takes, and less than a test may: who waits for what never comes says so.
const LIMIT: Duration = Duration::from_secs(20);

pub struct Tally {
    count: Mutex<usize>,
    changed: Condvar,
}

impl Tally {
    pub const fn new() -> Self {
        Self {
            count: Mutex::new(0),
            changed: Condvar::new(),
        }
    }

    pub fn add_one(&self) {
        *self.count.lock().unwrap() += 1;
        self.changed.notify_all();
    }

    /// Waits until the count is at least `least` and gives it.
    #[track_caller]
    pub fn wait_for(&self, least: usize) -> usize {
        let reached = self
            .changed
            .wait_timeout_while(self.count.lock().unwrap(), LIMIT, |count| *count < least);
        // Let go of before the assertion: C++'s thread counts on, and a poisoned count would end the process.
        let count = *reached.unwrap().0;
        assert!(
            count >= least,
            "the count stays at {count}, expected at least {least}"
        );
        count
    }
}
