//! Borrowed text that C++ keeps.

use cxx::{Exception, UniquePtr};
use futures::channel::oneshot;
use futures::executor::block_on;

#[cxx::bridge(namespace = "kept_str")]
mod ffi {
    extern "Rust" {
        type Context;

        fn handle_count(context: Box<Context>, spaces: isize);
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        type Thread;

        fn bad_async_call(text: &str, context: Box<Context>) -> Result<UniquePtr<Thread>>;
        fn good_async_call(text: &str, context: Box<Context>) -> Result<UniquePtr<Thread>>;
    }
}

pub struct Context {
    sender: oneshot::Sender<isize>,
}

fn handle_count(context: Box<Context>, spaces: isize) {
    let _ = context.sender.send(spaces);
}

fn run(async_call: fn(&str, Box<Context>) -> Result<UniquePtr<ffi::Thread>, Exception>) -> isize {
    let (sender, receiver) = oneshot::channel();
    let text = String::from("four words and three spaces");
    let thread = async_call(&text, Box::new(Context { sender })).unwrap();
    drop(text);
    drop(thread);
    block_on(receiver).unwrap()
}

pub fn bad() -> isize {
    run(ffi::bad_async_call)
}

pub fn good() -> isize {
    run(ffi::good_async_call)
}
