//! The same futures on every executor: one that hyper wrote, and one written by hand that C++ wakes.

mod fetch;
mod timer;

pub use fetch::{FetchError, fetch_data, fetch_within};
pub use timer::{Timer, crosses_threads, shutdown_timers, started_timers, waiting_timers};
