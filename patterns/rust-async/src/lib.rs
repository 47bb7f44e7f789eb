//! The same futures on every executor: one that hyper wrote, and one written by hand that C++ wakes.

mod bridge;
mod fetch;
mod timer;

pub use bridge::{assert_send, shutdown_timers, started_timers, waiting_timers};
pub use fetch::{FetchError, fetch_data, fetch_within};
pub use timer::Timer;
