// ANCHOR: bad
//! A future that wakes itself.

use futures::task::AtomicWaker;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::{self, Poll};
use tokio::runtime::Builder;
use tokio::task::yield_now;

#[cxx::bridge(namespace = "self_wake")]
mod ffi {
    extern "Rust" {
        type Context;

        fn handle_done(context: &Context);
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        type Thread;

        fn async_call(context: Box<Context>) -> Result<UniquePtr<Thread>>;
    }
}

#[derive(Default)]
struct Shared {
    done: AtomicBool,
    waker: AtomicWaker,
}

pub struct Context(Arc<Shared>);

fn handle_done(Context(shared): &Context) {
    shared.done.store(true, SeqCst);
    shared.waker.wake();
}

/// Wrong: it asks to be polled at once, to look again.
fn bad_poll(shared: &Shared, cx: &mut task::Context) -> Poll<()> {
    if shared.done.load(SeqCst) {
        return Poll::Ready(());
    }
    cx.waker().wake_by_ref();
    Poll::Pending
}
// ANCHOR_END: bad

// ANCHOR: good
/// Leaves its waker with C++, and then looks: what comes in between is not lost.
fn good_poll(shared: &Shared, cx: &mut task::Context) -> Poll<()> {
    shared.waker.register(cx.waker());
    if shared.done.load(SeqCst) {
        return Poll::Ready(());
    }
    Poll::Pending
}
// ANCHOR_END: good

// ANCHOR: run
/// How often the future is polled while another task has a thousand turns.
fn run(poll: fn(&Shared, &mut task::Context) -> Poll<()>) -> u32 {
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let shared = Arc::<Shared>::default();
        let thread = ffi::async_call(Box::new(Context(Arc::clone(&shared)))).unwrap();
        let polls = tokio::spawn(async move {
            let mut polls = 0;
            let polled = |cx: &mut task::Context| {
                polls += 1;
                poll(&shared, cx)
            };
            poll_fn(polled).await;
            polls
        });
        for _ in 0..1000 {
            yield_now().await;
        }
        drop(thread);
        polls.await.unwrap()
    })
}

pub fn bad() -> u32 {
    run(bad_poll)
}

pub fn good() -> u32 {
    run(good_poll)
}
// ANCHOR_END: run
