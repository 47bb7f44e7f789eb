// ANCHOR: greeting
//! `async fn` in a bridge: Rust awaits C++, and C++ awaits Rust.

#[cxx_await::bridge(namespace = "native_async")]
pub mod ffi {
    unsafe extern "C++" {
        include!("native-async/include/greeting.h");
        async fn greeting(user: u32) -> Result<String>;
    }
    extern "Rust" {
        async fn name_of(user: u32) -> Result<String>;
    }
}

async fn name_of(user: u32) -> Result<String, String> {
    smol::Timer::after(std::time::Duration::from_millis(10)).await;
    match user {
        0 => panic!("users are counted from 1"),
        1 => Ok("Ada".to_owned()),
        _ => Err(format!("no user {user}")),
    }
}
// ANCHOR_END: greeting

// ANCHOR: modules
pub mod callback;
pub mod fetch;
pub mod readings;
// ANCHOR_END: modules
