//! C++ coroutines, which Rust owns.

use crate::operation::{ITEM, Operation};
use cxx::Exception;
use futures_core::{FusedStream, Stream};
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The future may be sent to other threads, and C++ may resume its coroutine on any.
#[derive(Debug)]
pub enum AnyThread {}

/// The future stays on its thread, as what it is given may, and C++ resumes its coroutine there alone: `#[local]`.
#[derive(Debug)]
pub struct OwnerThread(PhantomData<*const ()>);

/// A coroutine that this end owns.
struct Owned(*mut Operation);

impl Drop for Owned {
    fn drop(&mut self) {
        // SAFETY: this was the owner.
        unsafe { Operation::leave(self.0) }
    }
}

/// What an async function of C++ returns: the future of a coroutine.
///
/// The function has been called with its arguments, and its coroutine has not begun; the first poll begins it.
/// Dropping the future destroys the coroutine, at once when it waits for Rust; when it runs or waits in C++, it is asked
/// to stop by its `cxx_await::stop_token()`, and destroys itself when it next would give something to Rust. A drop
/// never blocks.
///
/// `P` is [`AnyThread`], or [`OwnerThread`] for a function with `#[local]`.
#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct CppFuture<T, P = AnyThread> {
    /// What was thrown instead of a coroutine, until a poll tells; or `None` when the future is over.
    coroutine: Result<Owned, Option<Exception>>,
    take: unsafe fn(*mut Operation) -> T,
    failed: fn(Exception) -> T,
    place: PhantomData<P>,
}

// SAFETY: the state machine keeps the two sides apart. What was given to the coroutine and what it returns is `Send`: the
// macro asks it of each type; and `unsafe extern "C++"` promises that the coroutine may go on on any thread.
unsafe impl<T: Send> Send for CppFuture<T, AnyThread> {}
// SAFETY: a shared reference does nothing.
unsafe impl<T: Send> Sync for CppFuture<T, AnyThread> {}
impl<T, P> Unpin for CppFuture<T, P> {}

impl<T, P> CppFuture<T, P> {
    /// # Safety
    /// `coroutine` is owned by nobody else, and `take` takes its result.
    #[doc(hidden)]
    pub unsafe fn new(
        coroutine: Result<*mut Operation, Exception>,
        take: unsafe fn(*mut Operation) -> T,
        failed: fn(Exception) -> T,
    ) -> Self {
        CppFuture {
            coroutine: coroutine.map(Owned).map_err(Some),
            take,
            failed,
            place: PhantomData,
        }
    }
}

impl<T, P> Future for CppFuture<T, P> {
    type Output = T;

    /// # Panics
    /// When it is polled after it was ready.
    fn poll(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<T> {
        let operation = match &mut self.coroutine {
            Ok(owned) => owned.0,
            Err(thrown) => {
                let thrown = thrown.take().expect("polled after it was ready");
                return Poll::Ready((self.failed)(thrown));
            }
        };
        // SAFETY: this is the owner.
        ready!(unsafe { Operation::poll(operation, context) });
        // SAFETY: it has ended.
        let value = unsafe { (self.take)(operation) };
        self.coroutine = Err(None);
        Poll::Ready(value)
    }
}

impl<T, P> fmt::Debug for CppFuture<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CppFuture")
            .field("over", &matches!(self.coroutine, Err(None)))
            .finish_non_exhaustive()
    }
}

/// What a function of C++ with `-> impl Stream<…>` returns: the stream of a generator.
///
/// As with [`CppFuture`], the first poll begins it, and a drop never blocks. An error is its last item.
#[must_use = "streams do nothing unless you poll them"]
pub struct CppStream<T, P = AnyThread> {
    coroutine: Result<Owned, Option<Exception>>,
    take: unsafe fn(*mut Operation) -> T,
    finish: unsafe fn(*mut Operation) -> Option<T>,
    failed: fn(Exception) -> T,
    place: PhantomData<P>,
}

// SAFETY: as of `CppFuture`.
unsafe impl<T: Send> Send for CppStream<T, AnyThread> {}
// SAFETY: a shared reference does nothing.
unsafe impl<T: Send> Sync for CppStream<T, AnyThread> {}
impl<T, P> Unpin for CppStream<T, P> {}

impl<T, P> CppStream<T, P> {
    /// # Safety
    /// `coroutine` is owned by nobody else; `take` takes what it has yielded, and `finish` what it has thrown.
    #[doc(hidden)]
    pub unsafe fn new(
        coroutine: Result<*mut Operation, Exception>,
        take: unsafe fn(*mut Operation) -> T,
        finish: unsafe fn(*mut Operation) -> Option<T>,
        failed: fn(Exception) -> T,
    ) -> Self {
        CppStream {
            coroutine: coroutine.map(Owned).map_err(Some),
            take,
            finish,
            failed,
            place: PhantomData,
        }
    }
}

impl<T, P> Stream for CppStream<T, P> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<T>> {
        let operation = match &mut self.coroutine {
            Ok(owned) => owned.0,
            Err(thrown) => {
                let thrown = thrown.take();
                return Poll::Ready(thrown.map(self.failed));
            }
        };
        // SAFETY: this is the owner.
        let state = ready!(unsafe { Operation::poll(operation, context) });
        if state == ITEM {
            // SAFETY: it has yielded.
            let item = unsafe { (self.take)(operation) };
            // SAFETY: this is the owner, and the item has been taken.
            unsafe { Operation::take_item(operation) };
            return Poll::Ready(Some(item));
        }
        // SAFETY: it has ended.
        let last = unsafe { (self.finish)(operation) };
        self.coroutine = Err(None);
        Poll::Ready(last)
    }
}

impl<T, P> FusedStream for CppStream<T, P> {
    fn is_terminated(&self) -> bool {
        matches!(self.coroutine, Err(None))
    }
}

impl<T, P> fmt::Debug for CppStream<T, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CppStream")
            .field("over", &self.is_terminated())
            .finish_non_exhaustive()
    }
}
