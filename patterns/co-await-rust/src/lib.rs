// ANCHOR: program
//! What a C++ program awaits of Rust.

#[cxx_await::bridge(namespace = "co_await_rust")]
pub mod ffi {
    extern "Rust" {
        async fn ask(server: &str, millis: u32) -> Result<String>;
        async fn pause(millis: u32);
    }

    unsafe extern "C++" {
        include!("co-await-rust/include/program.h");

        /// The main of a C++ program.
        fn program() -> Result<()>;
    }
}

/// What a server answers, after some time.
async fn ask(server: &str, millis: u32) -> Result<String, String> {
    let _asking = asking::Guard::begin();
    pause(millis).await;
    match server {
        "" => Err("no server".to_owned()),
        "nobody" => panic!("nobody is no server"),
        _ => Ok(format!("{server} answers")),
    }
}

async fn pause(millis: u32) {
    smol::Timer::after(Duration::from_millis(millis.into())).await;
}
// ANCHOR_END: program

// ANCHOR: modules
pub mod asking;
pub mod executors;
pub mod timeouts;

use std::time::Duration;
// ANCHOR_END: modules
