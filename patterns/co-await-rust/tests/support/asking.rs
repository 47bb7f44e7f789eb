//! For tests that count the futures of `ask`.

#![allow(dead_code)] // not every test needs all of it

use co_await_rust::asking::count;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

static ONE: Mutex<()> = Mutex::new(());

/// One test at a time, which begins and ends with none.
pub struct Alone {
    _one: MutexGuard<'static, ()>,
}

pub fn alone() -> Alone {
    let alone = Alone {
        _one: ONE.lock().unwrap_or_else(PoisonError::into_inner),
    };
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

/// Waits until there are so many.
pub fn until(wanted: usize) {
    let limit = Instant::now() + Duration::from_secs(20);
    while count() != wanted {
        assert!(Instant::now() < limit, "there are {}", count());
        std::thread::yield_now();
    }
}
