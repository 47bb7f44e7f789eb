//! Words that are not UTF-8.

use cxx::{Exception, UniquePtr};
use futures::channel::oneshot;
use futures::executor::block_on;

#[cxx::bridge(namespace = "not_utf8")]
mod ffi {
    extern "Rust" {
        type Context;

        fn handle_name(context: Box<Context>, name: String);
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        type Thread;

        fn bad_async_call(context: Box<Context>) -> Result<UniquePtr<Thread>>;
        fn good_async_call(context: Box<Context>) -> Result<UniquePtr<Thread>>;
    }
}

pub struct Context {
    sender: oneshot::Sender<String>,
}

fn handle_name(context: Box<Context>, name: String) {
    let _ = context.sender.send(name);
}

fn run(async_call: fn(Box<Context>) -> Result<UniquePtr<ffi::Thread>, Exception>) -> String {
    let (sender, receiver) = oneshot::channel();
    let _thread = async_call(Box::new(Context { sender })).unwrap();
    block_on(receiver).unwrap()
}

pub fn bad() -> String {
    run(ffi::bad_async_call)
}

pub fn good() -> String {
    run(ffi::good_async_call)
}
