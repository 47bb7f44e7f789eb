//! A callback that comes when its owner has gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

#[cxx::bridge(namespace = "after_shutdown")]
mod ffi {
    extern "Rust" {
        type Context;

        fn handle_event(context: &Context);
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        type BadListener;
        type GoodListener;

        fn bad_listen(context: Box<Context>) -> UniquePtr<BadListener>;
        fn good_listen(context: Box<Context>) -> UniquePtr<GoodListener>;

        /// Calls every listener.
        fn fire();
    }
}

pub use ffi::{GoodListener, fire, good_listen};

pub struct Context {
    /// `Sync`, because two threads may fire at once.
    pub on_event: Box<dyn Fn() + Send + Sync>,
}

fn handle_event(context: &Context) {
    (context.on_event)();
}

/// How often a listener is called. The second event comes when it is gone.
fn run<Listener>(listen: fn(Box<Context>) -> Listener) -> u32 {
    let events = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&events);
    let on_event = Box::new(move || {
        counted.fetch_add(1, SeqCst);
    });
    let listener = listen(Box::new(Context { on_event }));
    fire();
    drop(listener);
    fire();
    events.load(SeqCst)
}

pub fn bad() -> u32 {
    run(ffi::bad_listen)
}

pub fn good() -> u32 {
    run(ffi::good_listen)
}
