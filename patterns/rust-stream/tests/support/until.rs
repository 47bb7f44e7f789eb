#![allow(dead_code)] // not every test needs all of it

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

static ONE: Mutex<()> = Mutex::new(());

/// One test at a time: they count.
pub fn alone() -> MutexGuard<'static, ()> {
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until it is so.
pub fn until(is_so: impl Fn() -> bool) {
    let limit = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < limit, "not in time");
        std::thread::yield_now();
    }
}
