// ANCHOR: error
//! C++ blocks the thread that calls it. Rust calls it on a thread that may be blocked, and awaits that.

use std::any::Any;
use std::fmt;
use std::os::fd::{AsRawFd, OwnedFd};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex};
use tokio::runtime::Handle;

/// Why there is no checksum. It crosses from the blocking thread to the task, so it has to be `Send`.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkError {
    /// C++ threw: the message.
    Failed(String),
    /// C++ saw that it was asked to stop.
    Stopped,
    /// What ran on the blocking thread panicked: its message.
    Panicked(String),
    /// There is no thread for it, and none can be started: tokio's message.
    NoThread(String),
    /// The runtime has been shut down.
    NeverRan,
}

impl fmt::Display for WorkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WorkError::Failed(message) => write!(f, "C++ threw: {message}"),
            WorkError::Stopped => f.write_str("stopped"),
            WorkError::Panicked(message) => write!(f, "panicked: {message}"),
            WorkError::NoThread(message) => write!(f, "no thread: {message}"),
            WorkError::NeverRan => f.write_str("the runtime has been shut down"),
        }
    }
}

impl std::error::Error for WorkError {}

/// What a panic says: `panic!` gives a `&str` without arguments, a `String` with some.
fn message(payload: &(dyn Any + Send)) -> String {
    match payload.downcast_ref::<&str>() {
        Some(message) => message.to_string(),
        None => payload
            .downcast_ref::<String>()
            .cloned()
            .unwrap_or_default(),
    }
}
// ANCHOR_END: error

// ANCHOR: pool
/// Runs `work`, which may block, on a thread that tokio keeps for that.
pub async fn on_blocking_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WorkError> + Send + 'static,
) -> Result<T, WorkError> {
    let tokio = Handle::current();
    let shared = Arc::new(Mutex::new(Some(work)));
    let closure = Arc::clone(&shared);
    let run = move || {
        let work = closure.lock().unwrap().take();
        work.map_or(Err(WorkError::NeverRan), |work| work())
    };
    // It panics when no thread can be started. The closure that tokio keeps is then empty.
    let spawned = catch_unwind(AssertUnwindSafe(|| tokio.spawn_blocking(run)));
    let handle = spawned.map_err(|payload| {
        let _never_run = shared.lock().unwrap().take();
        WorkError::NoThread(message(&*payload))
    })?;
    match handle.await {
        Ok(result) => result,
        Err(error) => Err(match error.try_into_panic() {
            Ok(payload) => WorkError::Panicked(message(&*payload)),
            Err(_cancelled) => WorkError::NeverRan,
        }),
    }
}
// ANCHOR_END: pool

// ANCHOR: async_work
/// The checksum of all that can be read from `data`: a file, a pipe, a socket.
/// Dropping the future does not stop the C++ call. Panics outside of a tokio runtime.
pub async fn async_work(data: impl Into<OwnedFd>) -> Result<Checksum, WorkError> {
    async_work_until(Arc::default(), data).await
}

/// The same, until somebody calls `stop.request()`.
pub async fn async_work_until(
    stop: Arc<Stop>,
    data: impl Into<OwnedFd>,
) -> Result<Checksum, WorkError> {
    let data = data.into();
    // The closure owns what C++ uses, as it may run on when this future is gone.
    on_blocking_thread(move || work(&stop, &data)).await
}
// ANCHOR_END: async_work

// ANCHOR: bridge
#[cxx::bridge(namespace = "blocking")]
mod ffi {
    /// What has been read.
    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    struct Checksum {
        bytes: u64,
        crc32: u32,
    }

    extern "Rust" {
        type Stop;

        fn requested(self: &Stop) -> bool;
    }

    unsafe extern "C++" {
        include!("blocking/include/blocking.h");

        fn perform_blocking_work(data: i32, stop: &Stop, sum: &mut Checksum) -> Result<bool>;
    }
}

pub use ffi::Checksum;

/// The C++ call itself: blocks this thread until all is read, or until C++ sees the stop.
pub fn work(stop: &Stop, data: &OwnedFd) -> Result<Checksum, WorkError> {
    let mut sum = Checksum::default();
    match ffi::perform_blocking_work(data.as_raw_fd(), stop, &mut sum) {
        Ok(true) => Ok(sum),
        Ok(false) => Err(WorkError::Stopped),
        Err(thrown) => Err(WorkError::Failed(thrown.what().to_owned())),
    }
}
// ANCHOR_END: bridge

// ANCHOR: stop
/// Asks C++ to stop. C++ looks at it before each block that it reads.
#[derive(Default)]
pub struct Stop(AtomicBool);

impl Stop {
    pub fn request(&self) {
        self.0.store(true, Relaxed);
    }

    fn requested(&self) -> bool {
        self.0.load(Relaxed)
    }
}

/// Like [`async_work`], but dropping the future asks C++ to stop.
pub async fn cancellable_work(data: impl Into<OwnedFd>) -> Result<Checksum, WorkError> {
    let stop = StopOnDrop::default();
    async_work_until(Arc::clone(&stop.0), data).await
}

#[derive(Default)]
struct StopOnDrop(Arc<Stop>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.request();
    }
}
// ANCHOR_END: stop
