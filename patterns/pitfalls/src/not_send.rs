// ANCHOR: bad
//! A context that must stay on its thread, and does not.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

#[cxx::bridge(namespace = "not_send")]
mod ffi {
    extern "Rust" {
        type BadContext;
        type GoodContext;
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        type Thread;

        fn bad_async_call(context: Box<BadContext>) -> Result<UniquePtr<Thread>>;
        fn good_async_call(context: Box<GoodContext>) -> Result<UniquePtr<Thread>>;
    }
}

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
}

/// Counted while it lives, like an `Rc`: without a lock, so by its own thread only.
pub struct BadContext(PhantomData<*const ()>);

impl BadContext {
    fn new() -> Self {
        CALLS.set(CALLS.get() + 1);
        BadContext(PhantomData)
    }
}

impl Drop for BadContext {
    fn drop(&mut self) {
        CALLS.set(CALLS.get() - 1);
    }
}
// ANCHOR_END: bad

// ANCHOR: good
static ALL_CALLS: AtomicU32 = AtomicU32::new(0);

/// Counted by all threads, like an `Arc`.
pub struct GoodContext(());

impl GoodContext {
    fn new() -> Self {
        ALL_CALLS.fetch_add(1, SeqCst);
        GoodContext(())
    }
}

impl Drop for GoodContext {
    fn drop(&mut self) {
        ALL_CALLS.fetch_sub(1, SeqCst);
    }
}

/// Compiles only for a type that may cross threads.
pub const fn assert_send<T: Send>() {}

const _: () = assert_send::<GoodContext>();
// ANCHOR_END: good

// ANCHOR: run
pub fn bad() -> u32 {
    drop(ffi::bad_async_call(Box::new(BadContext::new())).unwrap());
    CALLS.get()
}

pub fn good() -> u32 {
    drop(ffi::good_async_call(Box::new(GoodContext::new())).unwrap());
    ALL_CALLS.load(SeqCst)
}
// ANCHOR_END: run
