// ANCHOR: error
//! Five models of async in C++, and `fetch_data` in each, awaited.

use futures::channel::oneshot;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::{fmt, io, thread};

/// Why there are no bytes.
#[derive(Clone, Debug, PartialEq)]
pub enum FetchError {
    /// C++ threw or answered with an error: the message.
    Failed(String),
    /// C++ dropped the context without an answer.
    Abandoned,
}

impl From<cxx::Exception> for FetchError {
    fn from(thrown: cxx::Exception) -> Self {
        FetchError::Failed(thrown.what().to_owned())
    }
}

impl From<io::Error> for FetchError {
    fn from(error: io::Error) -> Self {
        FetchError::Failed(error.to_string())
    }
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

// ANCHOR: answered
/// Gives C++ a context and waits for its answer. What `start` returns lives until then.
async fn answered<Handle, Error>(
    start: impl FnOnce(Box<AsyncContext>) -> Result<Handle, Error>,
) -> Result<Vec<u8>, FetchError>
where
    FetchError: From<Error>,
{
    let (sender, receiver) = oneshot::channel();
    let sender = Some(sender);
    let _handle = start(Box::new(AsyncContext { sender }))?;
    receiver.await.unwrap_or(Err(FetchError::Abandoned))
}

/// What C++ holds until it has an answer. Dropping it says that there will be no answer.
pub struct AsyncContext {
    sender: Option<oneshot::Sender<Result<Vec<u8>, FetchError>>>,
}

impl AsyncContext {
    /// Wakes the task. A waker is foreign code, and C++ cannot catch its panic.
    fn end(&mut self, result: Result<Vec<u8>, FetchError>) {
        if let Some(sender) = self.sender.take() {
            // Sending fails when the future was dropped: nobody waits for the answer.
            let _ = catch_unwind(AssertUnwindSafe(|| sender.send(result)));
        }
    }
}

impl Drop for AsyncContext {
    fn drop(&mut self) {
        self.end(Err(FetchError::Abandoned));
    }
}

#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn handle_fetch_result(mut context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
    context.end(match ok {
        true => Ok(data.to_vec()),
        false => Err(FetchError::Failed(error)),
    });
}
// ANCHOR_END: answered

// ANCHOR: fetch_data
/// The bytes of a `file://` URL, from C++ that calls a `std::function` back. An error of C++ is
/// lost, and becomes `FetchError::Abandoned`. Dropping the future does not stop C++.
pub async fn fetch_data_callback(url: &str) -> Result<Vec<u8>, FetchError> {
    answered(|context| ffi::fetch_data_callback(url, context)).await
}

/// From C++ that returns a `std::future`: a thread waits for it. Dropping the future does not stop C++.
pub async fn fetch_data_future(url: &str) -> Result<Vec<u8>, FetchError> {
    let url = url.to_owned();
    let wait = move |mut context: Box<AsyncContext>| {
        let fetched = start_fetch(&url).and_then(|fetch| Ok(ffi::result_of(fetch)?));
        context.end(fetched.map(|data| data.as_slice().to_vec()));
    };
    answered(|context| thread::Builder::new().spawn(move || wait(context))).await
}

/// From a C++20 coroutine. Dropping the future stops it before its next block.
pub async fn fetch_data_coroutine(url: &str) -> Result<Vec<u8>, FetchError> {
    answered(|context| ffi::fetch_data_coroutine(url, context)).await
}

/// From C++ that returns a promise of its own. Dropping the future does not stop C++.
pub async fn fetch_data_promise(url: &str) -> Result<Vec<u8>, FetchError> {
    answered(|context| ffi::fetch_data_promise(url, context)).await
}

/// From C++ that returns a promise of the KJ library. Dropping the future stops it at once.
pub async fn fetch_data_kj(url: &str) -> Result<Vec<u8>, FetchError> {
    answered(|context| ffi::fetch_data_kj(url, context)).await
}
// ANCHOR_END: fetch_data

// ANCHOR: bridge
#[cxx::bridge(namespace = "cpp_async")]
mod ffi {
    extern "Rust" {
        type AsyncContext;

        fn handle_fetch_result(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String);
    }

    unsafe extern "C++" {
        include!("cpp-async/include/bridge.h");

        type PendingFetch;
        type StopHandle;
        type KjHandle;

        fn fetch_data_callback(url: &str, context: Box<AsyncContext>) -> Result<()>;
        fn start_fetch(url: &str) -> Result<UniquePtr<PendingFetch>>;
        fn result_of(fetch: UniquePtr<PendingFetch>) -> Result<UniquePtr<CxxVector<u8>>>;
        fn fetch_data_coroutine(
            url: &str,
            context: Box<AsyncContext>,
        ) -> Result<UniquePtr<StopHandle>>;
        fn fetch_data_promise(url: &str, context: Box<AsyncContext>) -> Result<()>;
        fn fetch_data_kj(url: &str, context: Box<AsyncContext>) -> Result<UniquePtr<KjHandle>>;
    }
}

pub use ffi::PendingFetch;

/// The `std::future` itself. Dropping it blocks until C++ has read everything.
pub fn start_fetch(url: &str) -> Result<cxx::UniquePtr<PendingFetch>, FetchError> {
    Ok(ffi::start_fetch(url)?)
}

// SAFETY: a std::future may be moved to another thread, which then waits for it or destroys it.
unsafe impl Send for ffi::PendingFetch {}
// SAFETY: all it holds is a std::stop_source, which any thread may use and destroy.
unsafe impl Send for ffi::StopHandle {}
// SAFETY: a cross-thread fulfiller is for that: any thread may use and destroy it.
unsafe impl Send for ffi::KjHandle {}

/// cxx never checks that a context may go to another thread. This does.
pub const fn assert_send<T: Send>() {}
const _: () = assert_send::<AsyncContext>();
// ANCHOR_END: bridge
