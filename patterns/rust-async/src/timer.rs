// ANCHOR: future
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
    state: Arc<Mutex<State>>,
    /// Null until the first poll.
    handle: UniquePtr<ffi::TimerHandle>,
}

enum State {
    Waiting(Waker),
    Over(Result<(), &'static str>),
}

impl Timer {
    pub fn after(limit: Duration) -> Self {
        Timer {
            limit,
            state: Arc::new(Mutex::new(State::Waiting(Waker::noop().clone()))),
            handle: UniquePtr::null(),
        }
    }
}

impl Future for Timer {
    /// `Err` when the clock could not be started, or was shut down.
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context) -> Poll<io::Result<()>> {
        match &mut *lock(&self.state) {
            State::Over(rang) => return Poll::Ready(rang.map_err(io::Error::other)),
            // Each time: the task that polls now need not be the one that polled before.
            State::Waiting(waker) => waker.clone_from(cx.waker()),
        }
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
    fn ring(&self) {
        self.end(Ok(()));
    }

    fn stop(&self) {
        self.end(Err("the clock was shut down"));
    }

    fn end(&self, rang: Result<(), &'static str>) {
        let before = replace(&mut *lock(&self.0), State::Over(rang));
        // The lock is free again: a waker may poll the task on the spot, and poll takes it.
        if let State::Waiting(waker) = before {
            // C++ could not catch the panic of a waker, and the process would end.
            let _ = catch_unwind(AssertUnwindSafe(|| waker.wake()));
        }
    }
}

/// A waker that panics while it is cloned has left the state as it was.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
// ANCHOR_END: alarm

// ANCHOR: bridge
#[cxx::bridge(namespace = "rust_async")]
mod ffi {
    extern "Rust" {
        type Alarm;

        fn ring(self: &Alarm);
        fn stop(self: &Alarm);
    }

    unsafe extern "C++" {
        include!("rust-async/include/timer.h");

        type TimerHandle;

        fn start_timer(nanoseconds: u64, alarm: Box<Alarm>) -> Result<UniquePtr<TimerHandle>>;

        /// Stops and joins the C++ thread, as the end of the process does. Timers that wait are
        /// an `Err`, and so are later ones. Not to be called from a waker.
        fn shutdown_timers();

        /// How many timers C++ was ever asked for.
        fn started_timers() -> u64;

        /// How many of them it holds now.
        fn waiting_timers() -> usize;
    }
}

pub use ffi::{shutdown_timers, started_timers, waiting_timers};

// SAFETY: all it holds is a number and a point in time, and its destructor takes a lock.
unsafe impl Send for ffi::TimerHandle {}

/// The bridge gives an alarm to another thread without asking whether it may. This asks.
pub const fn crosses_threads<T: Send>() {}
const _: () = crosses_threads::<Alarm>();
const _: () = crosses_threads::<Timer>();
// ANCHOR_END: bridge
