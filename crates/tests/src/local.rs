//! Futures and coroutines that stay on their thread.

use std::cell::Cell;
use std::rc::Rc;

#[cxx_await::bridge(namespace = "local")]
pub mod ffi {
    unsafe extern "C++" {
        include!("cxx-await-tests/include/local.h");

        /// Counts the steps that did not run on the thread that began it.
        #[local]
        async fn strays(shared: Box<Shared>, steps: u32) -> Result<u32>;
        #[local]
        fn strayed(shared: Box<Shared>, steps: u32) -> impl Stream<Item = u32>;
        /// Waits on the worker for ever, until it is let go.
        #[local]
        async fn held(shared: Box<Shared>) -> u32;
        /// Awaits all kinds of things.
        #[local]
        async fn mixed(shared: Box<Shared>) -> Result<u32>;
        #[local]
        async fn not_on_owner() -> u32;
        fn release_held();
        fn drive_on_this_thread() -> u32;
        fn frames() -> u64;
    }

    extern "Rust" {
        type Shared;
        fn touch(self: &Shared);
        fn new_shared() -> Box<Shared>;
        #[local]
        async fn rust_local(steps: u32) -> u32;
        #[local]
        fn rust_local_numbers(count: u32) -> impl Stream<Item = u32>;
        async fn rust_anywhere() -> u32;
    }
}

/// Not `Send`.
pub struct Shared(pub Rc<Cell<u32>>);

fn new_shared() -> Box<Shared> {
    Box::new(Shared(Rc::default()))
}

impl Shared {
    fn touch(&self) {
        self.0.set(self.0.get() + 1);
    }
}

async fn rust_local(steps: u32) -> u32 {
    let count = Rc::new(Cell::new(0));
    for _ in 0..steps {
        crate::wait_for_thread().await;
        count.set(count.get() + 1);
    }
    count.get()
}

fn rust_local_numbers(count: u32) -> impl futures::Stream<Item = u32> {
    let shared = Rc::new(());
    futures::stream::iter(
        (0..count).map(move |n| n + u32::try_from(Rc::strong_count(&shared)).unwrap()),
    )
}

async fn rust_anywhere() -> u32 {
    crate::wait_for_thread().await;
    1
}
