//! Who owns a coroutine: Rust's executors, C++'s, Asio's; and what happens when an owner leaves.

use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::task::{Poll, Waker};

#[cxx_await::bridge(namespace = "owners")]
pub mod ffi {
    /// As kj-rs's tests of wakers.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Cloning {
        None,
        SameThread,
        BackgroundThread,
        WakeByRefThenSameThread,
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Waking {
        ByRefSameThread,
        ByRefBackgroundThread,
        SameThread,
        BackgroundThread,
    }

    unsafe extern "C++" {
        include!("cxx-await-tests/include/owners.h");

        async fn hop(n: u32) -> Result<u32>;
        /// Hops, and at each asks whether it is to stop.
        async fn forever() -> Result<()>;
        /// Waits for a `stop_callback`, which resumes it.
        async fn until_stopped() -> Result<()>;
        /// Awaits Rust on the worker's thread.
        async fn through(key: &str) -> Result<String>;
        async fn waking_in_cpp(cloning: Cloning, waking: Waking);
        fn stops() -> u64;
        fn frames() -> u64;

        fn sync_wait(key: &str) -> Result<String>;
        fn sync_wait_future(n: u32) -> u32;
        fn sync_wait_waking(cloning: Cloning, waking: Waking);
        fn on_pool(key: &str) -> Result<String>;
        fn on_pool_and_drop(key: &str);
        /// Its executor is gone before the task is.
        fn on_pool_that_stops(key: &str);
        /// An executor that runs all at once, where it is asked.
        fn inline_executor(key: &str) -> Result<String>;
        fn foreign_coroutine(key: &str) -> Result<String>;
        fn foreign_coroutine_is_dropped();
        fn poll_once_and_drop(key: &str);

        async fn asio_add(a: i32, b: i32) -> Result<i32>;
        /// A timer of an hour, which the stop token ends.
        async fn asio_hour() -> Result<()>;
        fn asio_awaits_rust(key: &str) -> Result<String>;

        async fn first_of(a: &str, b: &str) -> Result<String>;
        async fn both_of(a: &str, b: &str) -> Result<String>;
        async fn in_time(key: &str, turns: u32) -> Result<String>;

        async fn deep(steps: u64) -> u64;
        async fn deep_hops(steps: u64) -> u64;
        async fn deep_rust(steps: u64) -> u64;
        fn deep_stream(steps: u64) -> impl Stream<Item = u64>;
        async fn deep_generator(steps: u64) -> u64;
        fn cpp_allocations() -> u64;
    }

    extern "Rust" {
        async fn lookup(key: &str) -> Result<String>;
        async fn at_once(n: u32) -> u32;
        async fn never() -> u32;
        async fn turns(count: u32);
        async fn waking(cloning: Cloning, waking: Waking);
    }
}

async fn lookup(key: &str) -> Result<String, std::io::Error> {
    let guard = (key == "never").then(|| Guard::new(&NEVER));
    if guard.is_some() {
        std::future::pending::<()>().await;
    }
    turns(1).await;
    match key {
        "" => Err(std::io::Error::other("no key")),
        "panic" => panic!("at the disco"),
        key => Ok(format!("value of {key}")),
    }
}

async fn at_once(n: u32) -> u32 {
    n
}

async fn turns(count: u32) {
    for _ in 0..count {
        let (sender, receiver) = futures::channel::oneshot::channel();
        std::thread::spawn(move || sender.send(()));
        receiver.await.unwrap();
    }
}

/// How many futures of `never` are alive.
pub static NEVER: AtomicUsize = AtomicUsize::new(0);

struct Guard(&'static AtomicUsize);

impl Guard {
    fn new(count: &'static AtomicUsize) -> Self {
        count.fetch_add(1, SeqCst);
        Guard(count)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

async fn never() -> u32 {
    let _guard = Guard::new(&NEVER);
    std::future::pending().await
}

fn on_thread<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(run).join().unwrap())
}

/// Pending once, having cloned and woken as it is told.
async fn waking(cloning: ffi::Cloning, waking: ffi::Waking) {
    let mut polled = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut polled, true) {
            return Poll::Ready(());
        }
        let borrowed = context.waker();
        let cloned: Option<Waker> = match cloning {
            ffi::Cloning::SameThread => Some(borrowed.clone()),
            ffi::Cloning::BackgroundThread => Some(on_thread(|| borrowed.clone())),
            ffi::Cloning::WakeByRefThenSameThread => {
                borrowed.wake_by_ref();
                Some(borrowed.clone())
            }
            _ => None,
        };
        match waking {
            ffi::Waking::ByRefSameThread => cloned.as_ref().unwrap_or(borrowed).wake_by_ref(),
            ffi::Waking::ByRefBackgroundThread => {
                let waker = cloned.as_ref().unwrap_or(borrowed);
                on_thread(|| waker.wake_by_ref());
            }
            ffi::Waking::SameThread => cloned.unwrap().wake(),
            _ => on_thread(|| cloned.unwrap().wake()),
        }
        Poll::Pending
    })
    .await
}
