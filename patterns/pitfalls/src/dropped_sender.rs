// ANCHOR: bad
//! A callback that returns without an answer.

use futures::channel::oneshot::{self, Canceled};
use futures::executor::block_on;
use std::str::Utf8Error;

#[cxx::bridge(namespace = "dropped_sender")]
mod ffi {
    extern "Rust" {
        type Context;
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        fn fetch_name(callback: fn(context: Box<Context>, name: &[u8]), context: Box<Context>);
    }
}

pub type Name = Result<String, Utf8Error>;

pub struct Context {
    sender: oneshot::Sender<Name>,
}

/// Wrong: the way out by `return` drops the sender, and the reason with it.
fn bad_callback(context: Box<Context>, name: &[u8]) {
    let Ok(name) = str::from_utf8(name) else {
        return;
    };
    let _ = context.sender.send(Ok(name.to_owned()));
}
// ANCHOR_END: bad

// ANCHOR: good
/// Each way out sends.
fn good_callback(context: Box<Context>, name: &[u8]) {
    let name = str::from_utf8(name).map(str::to_owned);
    let _ = context.sender.send(name);
}
// ANCHOR_END: good

// ANCHOR: run
fn run(callback: fn(Box<Context>, &[u8])) -> Result<Name, Canceled> {
    let (sender, receiver) = oneshot::channel();
    ffi::fetch_name(callback, Box::new(Context { sender }));
    block_on(receiver)
}

pub fn bad() -> Result<Name, Canceled> {
    run(bad_callback)
}

pub fn good() -> Result<Name, Canceled> {
    run(good_callback)
}
// ANCHOR_END: run
