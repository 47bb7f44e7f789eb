//! A thread that refers to what belongs to a call.

use cxx::{Exception, UniquePtr};
use futures::channel::oneshot;
use futures::executor::block_on;

#[cxx::bridge(namespace = "by_reference")]
mod ffi {
    extern "Rust" {
        type Context;

        fn handle_result(context: Box<Context>, result: u32);
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        type Thread;

        fn bad_async_call(context: Box<Context>) -> Result<UniquePtr<Thread>>;
        fn good_async_call(context: Box<Context>) -> Result<UniquePtr<Thread>>;
    }
}

pub struct Context {
    sender: oneshot::Sender<u32>,
}

fn handle_result(context: Box<Context>, result: u32) {
    let _ = context.sender.send(result);
}

fn run(async_call: fn(Box<Context>) -> Result<UniquePtr<ffi::Thread>, Exception>) -> u32 {
    let (sender, receiver) = oneshot::channel();
    let thread = async_call(Box::new(Context { sender })).unwrap();
    drop(thread);
    block_on(receiver).unwrap()
}

pub fn bad() -> u32 {
    run(ffi::bad_async_call)
}

pub fn good() -> u32 {
    run(ffi::good_async_call)
}
