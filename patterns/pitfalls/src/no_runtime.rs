// ANCHOR: bad
//! A callback that looks for a runtime, on a thread that has none.

use futures::channel::oneshot::{self, Canceled};
use tokio::runtime::{Builder, Handle};

#[cxx::bridge(namespace = "no_runtime")]
mod ffi {
    extern "Rust" {
        type Context;
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        type Thread;

        fn fetch_id(
            callback: fn(context: Box<Context>, id: u32),
            context: Box<Context>,
        ) -> Result<UniquePtr<Thread>>;
    }
}

pub struct Context {
    runtime: Handle,
    sender: oneshot::Sender<String>,
}

async fn name(id: u32) -> String {
    tokio::task::yield_now().await;
    format!("user {id}")
}

/// Wrong: this is C++'s thread, and no runtime is to be found there.
fn bad_callback(context: Box<Context>, id: u32) {
    tokio::spawn(async move {
        let _ = context.sender.send(name(id).await);
    });
}
// ANCHOR_END: bad

// ANCHOR: good
/// The context brings the runtime along.
fn good_callback(context: Box<Context>, id: u32) {
    let runtime = context.runtime.clone();
    runtime.spawn(async move {
        let _ = context.sender.send(name(id).await);
    });
}
// ANCHOR_END: good

// ANCHOR: run
fn run(callback: fn(Box<Context>, u32)) -> Result<String, Canceled> {
    let (sender, receiver) = oneshot::channel();
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let runtime = Handle::current();
        let _thread = ffi::fetch_id(callback, Box::new(Context { runtime, sender })).unwrap();
        receiver.await
    })
}

pub fn bad() -> Result<String, Canceled> {
    run(bad_callback)
}

pub fn good() -> Result<String, Canceled> {
    run(good_callback)
}
// ANCHOR_END: run
