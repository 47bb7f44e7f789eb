// ANCHOR: error
//! C++ does one asynchronous operation, Rust awaits its one result.

use futures::channel::oneshot;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why there are no bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum FetchError {
    /// C++ threw or answered with an error: the message.
    Failed(String),
    /// The callback panicked.
    Panicked,
    /// C++ dropped the context without an answer.
    Abandoned,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FetchError::Failed(message) => message,
            FetchError::Panicked => "the callback panicked",
            FetchError::Abandoned => "C++ dropped the fetch without an answer",
        })
    }
}

impl std::error::Error for FetchError {}
// ANCHOR_END: error

// ANCHOR: fetch_data
/// The bytes of a `file://` URL, or of a `data:,` one. Dropping the future stops the C++ work.
pub async fn fetch_data(url: &str) -> Result<Vec<u8>, FetchError> {
    fetch_with(url, handle_fetch_result).await
}

/// Like [`fetch_data`], with a callback of your own.
pub async fn fetch_with(url: &str, callback: FetchCallback) -> Result<Vec<u8>, FetchError> {
    let (sender, receiver) = oneshot::channel();
    let sender = Some(sender);
    let context = Box::new(AsyncContext { sender });
    // Lives as long as this future. Its C++ destructor is what asks the work to stop.
    let _handle = ffi::fetch_data_async(url, callback, context)
        .map_err(|thrown| FetchError::Failed(thrown.what().to_owned()))?;
    receiver.await.unwrap_or(Err(FetchError::Abandoned))
}
// ANCHOR_END: fetch_data

// ANCHOR: send
// SAFETY: all it holds is a std::stop_source, which any thread may use and destroy.
unsafe impl Send for ffi::FetchHandle {}

/// The bridge gives a context to other threads without asking whether it may. This asks.
pub const fn assert_send<T: Send>() {}
const _: () = assert_send::<AsyncContext>();
// ANCHOR_END: send

// ANCHOR: callback
/// What C++ calls, at most once: on one of its threads, or before `fetch_data_async` returns.
pub type FetchCallback = fn(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String);

/// Answers with a copy of the bytes, or with the error.
pub fn handle_fetch_result(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
    context.answer(|| match ok {
        true => Ok(data.to_vec()),
        false => Err(FetchError::Failed(error)),
    });
}

/// What C++ holds until it has an answer. Dropping it says that there will be no answer.
pub struct AsyncContext {
    sender: Option<oneshot::Sender<Result<Vec<u8>, FetchError>>>,
}

impl AsyncContext {
    /// Sends what `result` returns. A panic in it becomes an `Err`, as C++ cannot catch it.
    #[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
    pub fn answer(mut self: Box<Self>, result: impl FnOnce() -> Result<Vec<u8>, FetchError>) {
        let result = catch_unwind(AssertUnwindSafe(result)).unwrap_or(Err(FetchError::Panicked));
        // Sending fails when the future was dropped: nobody waits for the answer.
        self.end(|sender| drop(sender.send(result)));
    }

    /// Ends the sender, which wakes the task. A waker is foreign code, and C++ cannot catch its panic.
    fn end(&mut self, how: impl FnOnce(oneshot::Sender<Result<Vec<u8>, FetchError>>)) {
        let sender = self.sender.take();
        let _ = catch_unwind(AssertUnwindSafe(|| sender.map(how)));
    }
}

impl Drop for AsyncContext {
    fn drop(&mut self) {
        self.end(drop);
    }
}
// ANCHOR_END: callback

// ANCHOR: bridge
#[cxx::bridge(namespace = "oneshot")]
mod ffi {
    extern "Rust" {
        type AsyncContext;
    }

    unsafe extern "C++" {
        include!("oneshot/include/oneshot.h");

        type FetchHandle;

        fn fetch_data_async(
            url: &str,
            callback: fn(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String),
            context: Box<AsyncContext>,
        ) -> Result<UniquePtr<FetchHandle>>;

        /// Stops the C++ threads, waits for running callbacks and joins the threads. What still waits ends with
        /// `FetchError::Abandoned`. Called from a callback or a waker, it does not wait for that one.
        fn shutdown();

        /// How many fetches saw that they were asked to stop, and ended without an answer.
        fn stopped_fetches() -> u64;
    }
}

pub use ffi::{shutdown, stopped_fetches};
// ANCHOR_END: bridge
