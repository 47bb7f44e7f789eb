//! C++ produces, Rust consumes.

#[cxx_await::bridge(namespace = "rust_stream")]
pub mod ffi {
    unsafe extern "C++" {
        include!("rust-stream/include/sensor.h");

        /// Numbers that a thread measures. It waits while 8 are not taken. An error says that there is no thread.
        fn measured(count: u32) -> impl Stream<Item = Result<u32>>;
        /// Numbers that a coroutine measures, which is suspended while 8 are not taken.
        fn measured_by_coroutine(count: u32) -> impl Stream<Item = Result<u32>>;
        /// What is there, at most 64 in a batch. An exception is the last.
        fn batches(count: u32) -> impl Stream<Item = Result<Vec<u32>>>;
        /// How many were measured.
        fn measurements() -> u32;
        /// How many threads and coroutines measure.
        fn measuring() -> u32;
    }
}
