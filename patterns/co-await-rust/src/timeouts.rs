//! Time limits, and the first of two.

#[cxx_await::bridge(namespace = "co_await_rust")]
pub mod ffi {
    unsafe extern "C++" {
        include!("co-await-rust/include/timeouts.h");

        /// "too late" after `limit`.
        async fn ask_in_time(server: &str, millis: u32, limit: u32) -> Result<String>;
        /// The answer of a server that takes an hour, or of another.
        async fn ask_first(slow: &str, other: &str) -> Result<String>;
    }
}
