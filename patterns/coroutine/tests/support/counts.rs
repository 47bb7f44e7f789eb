//! What C++ counts, since a test began. A test that counts is alone: those beside it wait for their turn.

use coroutine::{Coroutines, coroutines};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub struct Counts {
    before: Coroutines,
    _alone: MutexGuard<'static, ()>,
}

#[allow(dead_code)] // not every test needs all of it
impl Counts {
    pub fn begin() -> Self {
        static ALONE: Mutex<()> = Mutex::new(());
        Counts {
            _alone: ALONE.lock().unwrap_or_else(PoisonError::into_inner),
            before: wait_until("the frames before are destroyed", coroutines, ended),
        }
    }

    pub fn now(&self) -> Coroutines {
        let now = coroutines();
        Coroutines {
            made: now.made - self.before.made,
            started: now.started - self.before.started,
            destroyed: now.destroyed - self.before.destroyed,
            sleeping: now.sleeping,
        }
    }

    /// Waits until `sleeping` coroutines sleep.
    pub fn wait_for_sleeping(&self, sleeping: usize) {
        let what = format!("{sleeping} coroutines sleep");
        wait_until(&what, coroutines, |counts| counts.sleeping == sleeping);
    }

    /// Waits until what has been counted since the beginning is as `reached` says.
    pub fn wait_until(&self, what: &str, reached: impl Fn(&Coroutines) -> bool) {
        wait_until(what, || self.now(), reached);
    }

    /// Waits until no frame is alive, and says how many there have been.
    pub fn frames_when_all_have_ended(&self) -> u64 {
        let counts = wait_until("every frame is destroyed", || self.now(), ended);
        // One that is destroyed twice would be one too many.
        assert_eq!(counts.destroyed, counts.made, "more destroyed than made");
        assert_eq!(counts.sleeping, 0, "asleep without a frame");
        counts.made
    }
}

fn ended(counts: &Coroutines) -> bool {
    counts.destroyed >= counts.made
}

/// The limit is for a test that fails.
fn wait_until(
    what: &str,
    counts: impl Fn() -> Coroutines,
    reached: impl Fn(&Coroutines) -> bool,
) -> Coroutines {
    let limit = Instant::now() + Duration::from_secs(20);
    loop {
        let now = counts();
        if reached(&now) {
            return now;
        }
        assert!(Instant::now() < limit, "not within 20 s: {what}; {now:?}");
        std::thread::yield_now();
    }
}
