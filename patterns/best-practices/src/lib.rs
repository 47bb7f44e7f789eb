// ANCHOR: one_result
//! The bytes of a file, read by a C++ thread that has an owner.

use bridge::{ErrorCode, Failure, Fetch, Taken, fetch_blocks_async, fetch_data_async};
use cxx::UniquePtr;
use futures::StreamExt;
use futures::channel::{mpsc, oneshot};
use futures::executor::block_on;
use std::fmt;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// All bytes of the file at `path`. Dropping the future stops the C++ thread and joins it.
pub async fn fetch_data(path: &str) -> Result<Vec<u8>, FetchError> {
    fetch_data_with(path, handle_result).await
}

/// The same with a callback of your own. A panic in it ends the process.
pub async fn fetch_data_with(path: &str, callback: FetchCallback) -> Result<Vec<u8>, FetchError> {
    let (sender, receiver) = oneshot::channel();
    let _thread = fetch_data_async(path, callback, AsyncContext::new(sender))?;
    receiver.await.unwrap_or_else(|_| {
        let message = "C++ dropped the context without an answer".to_owned();
        Err(FetchError::new(ErrorKind::Abandoned, message))
    })
}
// ANCHOR_END: one_result

// ANCHOR: blocks
/// How many blocks wait for the receiver at most.
pub const CAPACITY: usize = 4;

/// The blocks of a file, in their order. Dropping it stops the C++ thread and joins it.
pub struct Blocks {
    // Dropped in this order: C++ that waits for room must be released before it is joined.
    receiver: mpsc::Receiver<Result<Vec<u8>, FetchError>>,
    _thread: UniquePtr<Fetch>,
}

impl Blocks {
    pub async fn next(&mut self) -> Option<Result<Vec<u8>, FetchError>> {
        self.receiver.next().await
    }
}

/// `callback` decides what a full channel means: [`handle_block`] or [`offer_block`].
pub fn fetch_blocks(path: &str, callback: BlockCallback) -> Result<Blocks, FetchError> {
    // A channel holds its buffer and one more for each sender.
    let (sender, receiver) = mpsc::channel(CAPACITY - 1);
    let _thread = fetch_blocks_async(path, callback, Box::new(StreamContext { sender }))?;
    Ok(Blocks { receiver, _thread })
}

pub struct StreamContext {
    sender: mpsc::Sender<Result<Vec<u8>, FetchError>>,
}

pub type BlockCallback = fn(&mut StreamContext, success: bool, data: &[u8], Failure) -> Taken;

/// C++ waits while the channel is full: for a thread that has nothing else to do.
pub fn handle_block(
    context: &mut StreamContext,
    success: bool,
    data: &[u8],
    error: Failure,
) -> Taken {
    let result = result(success, data, error);
    contained(context, |sender| {
        let room = block_on(poll_fn(|cx| sender.poll_ready(cx)));
        // Not in `block_on`, as the waker of the task may call that as well.
        match room.and_then(|()| sender.start_send(result)) {
            Ok(()) => Taken::Yes,
            Err(_) => Taken::Closed,
        }
    })
}

/// C++ is told that the channel is full: for a thread that may not wait here. It copies the block and
/// takes locks, so it is not for a real-time thread.
pub fn offer_block(
    context: &mut StreamContext,
    success: bool,
    data: &[u8],
    error: Failure,
) -> Taken {
    let result = result(success, data, error);
    contained(context, |sender| {
        // The last word always fits: each sender brings one more place, and so does this new one.
        let sent = match success {
            true => sender.try_send(result),
            false => sender.clone().try_send(result),
        };
        match sent {
            Ok(()) => Taken::Yes,
            Err(refused) if refused.is_full() => Taken::Full,
            Err(_) => Taken::Closed,
        }
    })
}

/// To send is to wake a task, and a waker is code of others: C++ could not catch its panic. It is the
/// last word of the stream.
fn contained(
    context: &mut StreamContext,
    send: impl FnOnce(&mut mpsc::Sender<Result<Vec<u8>, FetchError>>) -> Taken,
) -> Taken {
    let sender = &mut context.sender;
    catch_unwind(AssertUnwindSafe(|| send(sender))).unwrap_or_else(|_| {
        let message = "the callback panicked".to_owned();
        let last = Err(FetchError::new(ErrorKind::Abandoned, message));
        let _ = catch_unwind(AssertUnwindSafe(|| sender.clone().try_send(last)));
        Taken::Closed
    })
}

impl Drop for StreamContext {
    /// The end of the stream wakes its task as well.
    fn drop(&mut self) {
        let _ = catch_unwind(AssertUnwindSafe(|| self.sender.close_channel()));
    }
}
// ANCHOR_END: blocks

// ANCHOR: timeout
/// Gives up after `limit`. When it returns, C++ has stopped as well.
pub async fn fetch_with_timeout(path: &str, limit: Duration) -> Result<Vec<u8>, FetchError> {
    let fetch = tokio::time::timeout(limit, fetch_data(path));
    fetch.await.unwrap_or_else(|_| {
        let message = format!("no answer within {limit:?}");
        Err(FetchError::new(ErrorKind::TimedOut, message))
    })
}
// ANCHOR_END: timeout

// ANCHOR: error
/// Why there are no bytes: a kind for the program, a message for a person.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchError {
    pub kind: ErrorKind,
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ErrorKind {
    NotFound,
    IsFolder,
    TooLarge,
    /// The channel was full, and C++ may not wait.
    TooSlow,
    /// A code of C++ that has no name here.
    Other(i32),
    /// C++ gave no code.
    Unspecified,
    TimedOut,
    /// C++ gave no answer.
    Abandoned,
}

/// The one place where C++'s codes become Rust's kinds.
impl From<Failure> for FetchError {
    fn from(Failure { code, message }: Failure) -> Self {
        let kind = match code {
            ErrorCode::Unspecified => ErrorKind::Unspecified,
            ErrorCode::NotFound => ErrorKind::NotFound,
            ErrorCode::IsFolder => ErrorKind::IsFolder,
            ErrorCode::TooLarge => ErrorKind::TooLarge,
            ErrorCode::TooSlow => ErrorKind::TooSlow,
            unknown => ErrorKind::Other(unknown.repr),
        };
        FetchError::new(kind, message)
    }
}

/// What C++ throws before the call returns crosses the bridge as a message alone.
impl From<cxx::Exception> for FetchError {
    fn from(thrown: cxx::Exception) -> Self {
        FetchError::new(ErrorKind::Unspecified, thrown.what().to_owned())
    }
}

fn result(success: bool, data: &[u8], error: Failure) -> Result<Vec<u8>, FetchError> {
    match success {
        true => Ok(data.to_vec()),
        false => Err(error.into()),
    }
}

impl FetchError {
    fn new(kind: ErrorKind, message: String) -> Self {
        FetchError { kind, message }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.message)
    }
}

impl std::error::Error for FetchError {}
// ANCHOR_END: error

// ANCHOR: send
/// Compiles only for a type that may move to another thread.
pub const fn assert_send<T: Send>() {}

// The bridge moves both to a C++ thread and does not ask whether it may.
const _: () = assert_send::<AsyncContext>();
const _: () = assert_send::<StreamContext>();

// SAFETY: Rust only destroys it, and its destructor may run on any thread, its own included.
unsafe impl Send for Fetch {}

const _: () = assert_send::<Blocks>();
// ANCHOR_END: send

// ANCHOR: context
/// What C++ holds until it has an answer.
pub struct AsyncContext {
    sender: Option<oneshot::Sender<Result<Vec<u8>, FetchError>>>,
}

static PENDING: AtomicUsize = AtomicUsize::new(0);

/// How many contexts C++ holds.
pub fn pending_fetches() -> usize {
    PENDING.load(Relaxed)
}

impl AsyncContext {
    fn new(sender: oneshot::Sender<Result<Vec<u8>, FetchError>>) -> Box<Self> {
        PENDING.fetch_add(1, Relaxed);
        let sender = Some(sender);
        Box::new(AsyncContext { sender })
    }
}

impl Drop for AsyncContext {
    fn drop(&mut self) {
        PENDING.fetch_sub(1, Relaxed);
        // A sender that goes wakes its task, whose waker may panic. C++ could not catch that.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(self.sender.take())));
    }
}

pub type FetchCallback = fn(Box<AsyncContext>, success: bool, data: &[u8], error: Failure);

/// Takes the one answer of C++.
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
pub fn handle_result(mut context: Box<AsyncContext>, success: bool, data: &[u8], error: Failure) {
    if let Some(sender) = context.sender.take() {
        let result = result(success, data, error);
        // Sending fails when the future was dropped: nobody waits for the answer.
        let _ = catch_unwind(AssertUnwindSafe(|| sender.send(result)));
    }
}
// ANCHOR_END: context

// ANCHOR: bridge
#[cxx::bridge(namespace = "best_practices")]
pub mod bridge {
    /// Linux's own numbers, so that one that is not listed here still means something.
    #[repr(i32)]
    enum ErrorCode {
        Unspecified = 0,
        NotFound = 2,
        IsFolder = 21,
        TooLarge = 27,
        TooSlow = 105,
    }

    struct Failure {
        code: ErrorCode,
        message: String,
    }

    enum Taken {
        Yes,
        /// The channel is full. C++ has to say what becomes of the block.
        Full,
        /// Nobody listens any more.
        Closed,
    }

    extern "Rust" {
        type AsyncContext;
        type StreamContext;
    }

    unsafe extern "C++" {
        include!("best-practices/include/best_practices.h");

        type Fetch;

        fn fetch_data_async(
            path: &str,
            callback: fn(context: Box<AsyncContext>, success: bool, data: &[u8], error: Failure),
            context: Box<AsyncContext>,
        ) -> Result<UniquePtr<Fetch>>;

        fn fetch_blocks_async(
            path: &str,
            callback: fn(
                context: &mut StreamContext,
                success: bool,
                data: &[u8],
                error: Failure,
            ) -> Taken,
            context: Box<StreamContext>,
        ) -> Result<UniquePtr<Fetch>>;

        /// How many C++ threads saw that they were asked to stop.
        fn stopped_fetches() -> u64;
    }
}

pub use bridge::stopped_fetches;
// ANCHOR_END: bridge
