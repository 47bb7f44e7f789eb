//! How many futures of `ask` are alive, for the tests.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

static COUNT: AtomicUsize = AtomicUsize::new(0);

pub fn count() -> usize {
    COUNT.load(SeqCst)
}

pub(crate) struct Guard(());

impl Guard {
    pub(crate) fn begin() -> Self {
        COUNT.fetch_add(1, SeqCst);
        Self(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        COUNT.fetch_sub(1, SeqCst);
    }
}
