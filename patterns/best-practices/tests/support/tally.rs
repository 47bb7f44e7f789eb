//! A count that a test can wait for.

use std::sync::{Condvar, Mutex};

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
    pub fn wait_for(&self, least: usize) -> usize {
        *self
            .changed
            .wait_while(self.count.lock().unwrap(), |count| *count < least)
            .unwrap()
    }
}
