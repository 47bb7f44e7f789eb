//! One of two libraries in a program, whose C++ awaits the other's.

#[cxx_await::bridge(namespace = "program")]
pub mod ffi {
    unsafe extern "C++" {
        include!("cxx-await-tests/include/program.h");

        async fn greeting(user: u32) -> Result<String>;
        /// Of both libraries, at once.
        async fn greetings(user: u32) -> Result<Vec<String>>;
        /// What the other's Rust gives, and fails with.
        async fn of_the_other() -> Result<Vec<String>>;
    }

    extern "Rust" {
        async fn name_of(user: u32) -> Result<String>;
    }
}

async fn name_of(user: u32) -> Result<String, String> {
    crate::wait_for_thread().await;
    Ok(format!("first {user}"))
}
