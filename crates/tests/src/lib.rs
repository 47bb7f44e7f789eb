//! What the tests of cxx-await run.

#[cxx_await::bridge(namespace = "basics")]
pub mod ffi {
    unsafe extern "C++" {
        include!("cxx-await-tests/include/basics.h");
        async fn add(a: i32, b: i32) -> i32;
    }
}
