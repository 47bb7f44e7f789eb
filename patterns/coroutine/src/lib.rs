// ANCHOR: error
//! C++20 coroutines, awaited by Rust.

use cxx::UniquePtr;
use futures::channel::oneshot;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// Why there are no bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum FetchError {
    /// The coroutine threw: the message.
    Failed(String),
    /// C++ dropped the completion without an answer.
    Abandoned,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FetchError::Failed(message) => message,
            FetchError::Abandoned => "C++ dropped the fetch without an answer",
        })
    }
}

impl std::error::Error for FetchError {}
// ANCHOR_END: error

// ANCHOR: answer
/// Awaits any coroutine that `start` starts.
pub async fn answer<F>(start: F) -> Result<Vec<u8>, FetchError>
where
    F: FnOnce(Box<Completion>) -> Result<UniquePtr<FetchHandle>, cxx::Exception>,
{
    let (sender, receiver) = oneshot::channel();
    let sender = Some(sender);
    // Lives as long as this future. Its C++ destructor asks the coroutine to stop.
    let _handle = start(Box::new(Completion { sender }))
        .map_err(|thrown| FetchError::Failed(thrown.what().to_owned()))?;
    receiver.await.unwrap_or(Err(FetchError::Abandoned))
}

type Answer = Result<Vec<u8>, FetchError>;

/// What C++ holds until it has an answer. Dropping it says that there will be no answer.
pub struct Completion {
    sender: Option<oneshot::Sender<Answer>>,
}

/// What C++ calls, at most once: on one of its threads, or before it has returned the handle.
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn complete(mut completion: Box<Completion>, ok: bool, data: &[u8], error: &str) {
    completion.end(Some(match ok {
        true => Ok(data.to_vec()),
        false => Err(FetchError::Failed(error.to_owned())),
    }));
}

impl Completion {
    fn end(&mut self, answer: Option<Answer>) {
        let sender = self.sender.take();
        // This wakes the task. A waker is foreign code, and C++ cannot catch its panic.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            // Sending fails when the future was dropped: nobody waits for the answer.
            sender
                .zip(answer)
                .map(|(sender, answer)| sender.send(answer))
        }));
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        self.end(None);
    }
}
// ANCHOR_END: answer

// ANCHOR: fetch_data
/// The bytes of a `file://` URL, or of a `data:,` one. Dropping the future stops the coroutine.
pub async fn fetch_data(url: &str) -> Result<Vec<u8>, FetchError> {
    fetch_data_patiently(url, Duration::ZERO).await
}

/// Like [`fetch_data`], but a file that is not there is looked for once more after `patience`, 49 days at most.
pub async fn fetch_data_patiently(url: &str, patience: Duration) -> Result<Vec<u8>, FetchError> {
    let patience_ms = u32::try_from(patience.as_millis()).unwrap_or(u32::MAX);
    answer(|completion| ffi::fetch_data_async_coro(url, patience_ms, completion)).await
}

/// The bytes of all URLs, one after another. What comes after one that fails is not asked for.
pub async fn fetch_all(urls: &[&str]) -> Result<Vec<u8>, FetchError> {
    answer(|completion| ffi::fetch_all_async_coro(urls, completion)).await
}

/// All that a `unix://` socket says, by a coroutine of Boost.Asio.
pub async fn fetch_data_asio(url: &str) -> Result<Vec<u8>, FetchError> {
    answer(|completion| ffi::fetch_data_async_asio(url, completion)).await
}
// ANCHOR_END: fetch_data

// ANCHOR: bridge
#[cxx::bridge(namespace = "coroutine")]
mod ffi {
    /// Counts of C++ coroutines.
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Coroutines {
        /// Frames made.
        made: u64,
        /// Frames whose coroutine has begun to run.
        started: u64,
        /// Frames destroyed.
        destroyed: u64,
        /// Coroutines that sleep now.
        sleeping: usize,
    }

    extern "Rust" {
        type Completion;

        fn complete(completion: Box<Completion>, ok: bool, data: &[u8], error: &str);
    }

    unsafe extern "C++" {
        include!("coroutine/include/coroutine.h");

        type FetchHandle;

        fn fetch_data_async_coro(
            url: &str,
            patience_ms: u32,
            completion: Box<Completion>,
        ) -> Result<UniquePtr<FetchHandle>>;

        fn fetch_all_async_coro(
            urls: &[&str],
            completion: Box<Completion>,
        ) -> Result<UniquePtr<FetchHandle>>;

        fn fetch_data_async_asio(
            url: &str,
            completion: Box<Completion>,
        ) -> Result<UniquePtr<FetchHandle>>;

        /// Ends the coroutines that sleep, read or wait for a thread with an error, and joins the threads.
        /// Called from a waker, it does not wait for that one.
        fn shutdown();

        /// The same for the coroutines of Boost.Asio.
        fn shutdown_asio();

        fn coroutines() -> Coroutines;
    }
}

pub use ffi::{Coroutines, FetchHandle, coroutines, shutdown, shutdown_asio};

// SAFETY: all it holds is a std::stop_source, which any thread may use and destroy.
unsafe impl Send for FetchHandle {}

/// cxx never checks that a completion may go to another thread. This does.
pub const fn assert_send<T: Send>() {}
const _: () = assert_send::<Completion>();
// ANCHOR_END: bridge
