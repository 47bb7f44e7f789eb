// ANCHOR: bad
//! C++ blocks the thread that runs the tasks.

use std::io::{PipeReader, Write, pipe};
use std::os::fd::AsRawFd;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;

#[cxx::bridge(namespace = "blocked")]
mod ffi {
    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        /// Blocks until there is an answer.
        fn read_answer(source: i32) -> Result<u8>;
    }
}

/// Wrong: until C++ returns, this thread runs no other task.
async fn bad_async_call(source: PipeReader) -> u8 {
    ffi::read_answer(source.as_raw_fd()).unwrap()
}
// ANCHOR_END: bad

// ANCHOR: good
async fn good_async_call(source: PipeReader) -> u8 {
    let call = move || ffi::read_answer(source.as_raw_fd()).unwrap();
    spawn_blocking(call).await.unwrap()
}
// ANCHOR_END: good

// ANCHOR: run
/// Awaits the call beside the task that has the answer.
fn run<F: Future<Output = u8>>(call: fn(PipeReader) -> F) -> u8 {
    let (source, mut answer) = pipe().unwrap();
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        tokio::spawn(async move { answer.write_all(&[42]).unwrap() });
        call(source).await
    })
}

pub fn bad() -> u8 {
    eprintln!("C++ waits for a task that waits for C++");
    run(bad_async_call)
}

pub fn good() -> u8 {
    run(good_async_call)
}
// ANCHOR_END: run
