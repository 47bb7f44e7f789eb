//! C++ executors that run what awaits Rust.

#[cxx_await::bridge(namespace = "co_await_rust")]
pub mod ffi {
    unsafe extern "C++" {
        include!("co-await-rust/include/executors.h");

        /// Waits on this thread.
        fn ask_and_wait(server: &str, millis: u32) -> Result<String>;
        /// Asks `count` servers at once, on two threads.
        fn ask_many(count: u32, millis: u32) -> Result<Vec<String>>;
        /// Asks a server of the pool, and lets go of it while it waits.
        fn ask_and_leave(millis: u32) -> Result<()>;
        /// Asks twice, from one coroutine of Asio.
        fn ask_with_asio(server: &str, millis: u32) -> Result<String>;
    }
}
