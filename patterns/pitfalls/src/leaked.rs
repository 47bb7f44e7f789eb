//! A context that nobody owns.

use futures::channel::oneshot::{self, Canceled};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::time::error::Elapsed;
use tokio::time::timeout;

#[cxx::bridge(namespace = "leaked")]
mod ffi {
    extern "Rust" {
        type Context;

        fn handle_done(context: Box<Context>);
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        fn bad_async_call(url: &str, context: Box<Context>);
        fn good_async_call(url: &str, context: Box<Context>);
    }
}

pub struct Context {
    sender: oneshot::Sender<()>,
}

fn handle_done(context: Box<Context>) {
    let _ = context.sender.send(());
}

fn run(async_call: fn(&str, Box<Context>)) -> Result<Result<(), Canceled>, Elapsed> {
    let (sender, receiver) = oneshot::channel();
    async_call("gopher://example.com", Box::new(Context { sender }));
    let runtime = Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async { timeout(Duration::from_millis(100), receiver).await })
}

/// Without the time limit it would wait for ever.
pub fn bad() -> Result<Result<(), Canceled>, Elapsed> {
    run(ffi::bad_async_call)
}

pub fn good() -> Result<Result<(), Canceled>, Elapsed> {
    run(ffi::good_async_call)
}
