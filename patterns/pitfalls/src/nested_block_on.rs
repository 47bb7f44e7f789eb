// ANCHOR: bad
//! A callback that waits for async code, on a thread that runs it.

use futures::channel::oneshot;
use tokio::runtime::{Builder, Handle};

#[cxx::bridge(namespace = "nested_block_on")]
mod ffi {
    extern "Rust" {
        type Context;
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        fn fetch_id(callback: fn(context: Box<Context>, id: u32), context: Box<Context>);
    }
}

pub struct Context {
    sender: oneshot::Sender<String>,
}

async fn name(id: u32) -> String {
    tokio::task::yield_now().await;
    format!("user {id}")
}

/// Wrong: C++ may call back on the thread that called it, and that one runs the tasks.
fn bad_callback(context: Box<Context>, id: u32) {
    let name = Handle::current().block_on(name(id));
    let _ = context.sender.send(name);
}
// ANCHOR_END: bad

// ANCHOR: good
/// Leaves the waiting to a task.
fn good_callback(context: Box<Context>, id: u32) {
    tokio::spawn(async move {
        let _ = context.sender.send(name(id).await);
    });
}
// ANCHOR_END: good

// ANCHOR: run
fn run(callback: fn(Box<Context>, u32)) -> String {
    let (sender, receiver) = oneshot::channel();
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        ffi::fetch_id(callback, Box::new(Context { sender }));
        receiver.await.unwrap()
    })
}

pub fn bad() -> String {
    run(bad_callback)
}

pub fn good() -> String {
    run(good_callback)
}
// ANCHOR_END: run
