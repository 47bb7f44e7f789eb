use crate::timer::{Alarm, Timer};

#[cxx::bridge(namespace = "rust_async")]
pub mod ffi {
    extern "Rust" {
        type Alarm;

        fn ring(self: &Alarm);
        fn stop(self: &Alarm);
    }

    unsafe extern "C++" {
        include!("rust-async/include/timer.h");

        type TimerHandle;

        fn start_timer(nanoseconds: u64, alarm: Box<Alarm>) -> Result<UniquePtr<TimerHandle>>;

        /// Timers that wait are an `Err`, and so are later ones. Returns when the C++ thread has
        /// ended; on that thread, so in a waker, at once.
        fn shutdown_timers();

        /// How many timers C++ was ever asked for.
        fn started_timers() -> u64;

        /// How many of them it holds now. None in a process that was forked since it holds some.
        fn waiting_timers() -> usize;
    }
}

pub use ffi::{shutdown_timers, started_timers, waiting_timers};

// SAFETY: all it holds is a number and a point in time, and its destructor takes a lock.
unsafe impl Send for ffi::TimerHandle {}

/// The bridge gives an alarm to another thread without asking whether it may. This asks.
pub const fn assert_send<T: Send>() {}
const _: () = assert_send::<Alarm>();
const _: () = assert_send::<Timer>();
