//! A callback that takes its context, and is called twice.

use futures::StreamExt;
use futures::channel::mpsc;
use futures::executor::block_on;

#[cxx::bridge(namespace = "called_twice")]
mod ffi {
    extern "Rust" {
        type Context;

        fn bad_callback(context: Box<Context>, percent: u32);
        fn good_callback(context: &mut Context, percent: u32);
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        fn bad_async_call(context: Box<Context>);
        fn good_async_call(context: Box<Context>);
    }
}

pub struct Context {
    progress: mpsc::Sender<u32>,
}

fn bad_callback(mut context: Box<Context>, percent: u32) {
    let _ = context.progress.try_send(percent);
}

fn good_callback(context: &mut Context, percent: u32) {
    let _ = context.progress.try_send(percent);
}

fn run(async_call: fn(Box<Context>)) -> Vec<u32> {
    let (progress, receiver) = mpsc::channel(2);
    async_call(Box::new(Context { progress }));
    block_on(receiver.collect())
}

pub fn bad() -> Vec<u32> {
    run(ffi::bad_async_call)
}

pub fn good() -> Vec<u32> {
    run(ffi::good_async_call)
}
