// ANCHOR: future
use crate::bridge::ffi;
use cxx::UniquePtr;
use std::io;
use std::mem::replace;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

/// Ready when its time is over, counted from the first poll. Dropping it takes it back from C++.
pub struct Timer {
    limit: Duration,
    /// Null until the first poll. Dropped before the state: the waker goes in Rust, under no lock of C++.
    handle: UniquePtr<ffi::TimerHandle>,
    state: Arc<Mutex<State>>,
}

enum State {
    Waiting(Waker),
    Over(Result<(), &'static str>),
}

impl Timer {
    pub fn after(limit: Duration) -> Self {
        Timer {
            limit,
            handle: UniquePtr::null(),
            state: Arc::new(Mutex::new(State::Waiting(Waker::noop().clone()))),
        }
    }
}

impl Future for Timer {
    /// `Err` when the clock could not be started, or was shut down.
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context) -> Poll<io::Result<()>> {
        // A waker is code of others. It is cloned before the lock is taken, and the one before is
        // dropped after that.
        let waker = cx.waker().clone();
        let before = match &mut *lock(&self.state) {
            State::Over(outcome) => return Poll::Ready(outcome.map_err(io::Error::other)),
            // Each time: the task that polls now need not be the one that polled before.
            State::Waiting(waiting) => replace(waiting, waker),
        };
        drop(before);
        if self.handle.is_null() {
            let nanoseconds = u64::try_from(self.limit.as_nanos()).unwrap_or(u64::MAX);
            let alarm = Box::new(Alarm(Arc::clone(&self.state)));
            self.handle = ffi::start_timer(nanoseconds, alarm).map_err(io::Error::other)?;
        }
        Poll::Pending
    }
}
// ANCHOR_END: future

// ANCHOR: alarm
/// What C++ holds until the time is over. Nothing comes of one that it drops.
pub struct Alarm(Arc<Mutex<State>>);

impl Alarm {
    pub fn ring(&self) {
        self.end(Ok(()));
    }

    pub fn stop(&self) {
        self.end(Err("the clock was shut down"));
    }

    fn end(&self, outcome: Result<(), &'static str>) {
        let before = replace(&mut *lock(&self.0), State::Over(outcome));
        // The lock is free again: a waker may poll the task on the spot, and poll takes it.
        if let State::Waiting(waker) = before {
            // C++ could not catch the panic of a waker, and the process would end.
            let _ = catch_unwind(AssertUnwindSafe(|| waker.wake()));
        }
    }
}

/// Nothing that could panic runs under the lock.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
// ANCHOR_END: alarm
