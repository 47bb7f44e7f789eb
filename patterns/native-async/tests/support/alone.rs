//! For tests that count the fetches in flight.

#![allow(dead_code)] // not every test needs all of it

use native_async::fetch::ffi::in_flight;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

static ONE: Mutex<()> = Mutex::new(());

/// One test at a time, which begins and ends with none in flight.
pub struct Alone(#[expect(unused, reason = "it is held")] MutexGuard<'static, ()>);

pub fn alone() -> Alone {
    let alone = Alone(ONE.lock().unwrap_or_else(PoisonError::into_inner));
    until(0);
    alone
}

impl Drop for Alone {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            until(0);
        }
    }
}

/// Waits until so many are in flight.
pub fn until(count: usize) {
    let limit = Instant::now() + Duration::from_secs(20);
    while in_flight() != count {
        assert!(Instant::now() < limit, "{} are in flight", in_flight());
        std::thread::yield_now();
    }
}
