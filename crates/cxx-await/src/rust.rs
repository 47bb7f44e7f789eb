//! Rust futures and streams, which C++ owns and whoever owns its coroutine polls.

use crate::operation::{Operation, Polled};
use futures_core::Stream;
use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread::ThreadId;

/// What a C++ exception will say.
#[derive(Debug)]
pub struct Message(String);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Runs what must not unwind into C++. The panic has been reported by its hook; dropping what it carries may panic too.
pub(crate) fn quietly(run: impl FnOnce()) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(run)) {
        discard(panic);
    }
}

fn discard(panic: Box<dyn Any + Send>) {
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(panic))) {
        // Whoever panics in the drop of a panic has lost the right to another drop.
        std::mem::forget(another);
    }
}

fn panicked(panic: Box<dyn Any + Send>) -> Message {
    let words = panic.downcast_ref::<&str>().map(ToString::to_string);
    let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
    discard(panic);
    Message(match words {
        Some(words) => format!("Rust panicked: {words}"),
        None => "Rust panicked".to_owned(),
    })
}

/// What a future was polled for: a value, an error of the bridge's type, or words.
pub enum Outcome<T, E> {
    Value(T),
    Error(E),
    Words(Message),
}

pub fn never_fails<T>(value: T) -> Outcome<T, Infallible> {
    Outcome::Value(value)
}

pub fn with_message<T, E: fmt::Display>(result: Result<T, E>) -> Outcome<T, Infallible> {
    match result {
        Ok(value) => Outcome::Value(value),
        Err(error) => Outcome::Words(Message(error.to_string())),
    }
}

pub fn typed<T, E>(result: Result<T, E>) -> Outcome<T, E> {
    match result {
        Ok(value) => Outcome::Value(value),
        Err(error) => Outcome::Error(error),
    }
}

/// How the outcome is found without knowing what the future is.
#[repr(C)]
struct Slot<T, E> {
    head: Polled,
    outcome: Option<Outcome<T, E>>,
}

#[repr(C)]
struct Cell<T, E, W> {
    slot: Slot<T, E>,
    work: Option<W>,
}

/// Something that is polled for results: a future once, a stream again and again.
trait Work<T, E> {
    const IS_STREAM: bool;

    fn poll_work(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Outcome<T, E>>>;
}

struct Once<F>(F);

impl<T, E, F: Future<Output = Outcome<T, E>>> Work<T, E> for Once<F> {
    const IS_STREAM: bool = false;

    fn poll_work(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Outcome<T, E>>> {
        // SAFETY: the field is pinned when the whole is.
        unsafe { self.map_unchecked_mut(|once| &mut once.0) }
            .poll(context)
            .map(Some)
    }
}

struct Items<S, C>(S, C);

impl<T, E, S: Stream, C: Fn(S::Item) -> Outcome<T, E>> Work<T, E> for Items<S, C> {
    const IS_STREAM: bool = true;

    fn poll_work(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Outcome<T, E>>> {
        // SAFETY: the first field is pinned when the whole is, the second never.
        let items = unsafe { self.get_unchecked_mut() };
        let convert = &items.1;
        unsafe { Pin::new_unchecked(&mut items.0) }
            .poll_next(context)
            .map(|item| item.map(convert))
    }
}

/// On its own thread only; another one would be undefined behaviour, and ends the process instead.
struct Local<W> {
    work: ManuallyDrop<W>,
    thread: ThreadId,
}

impl<W> Local<W> {
    fn new(work: W) -> Self {
        Local {
            work: ManuallyDrop::new(work),
            thread: std::thread::current().id(),
        }
    }

    fn check(&self) {
        if std::thread::current().id() != self.thread {
            eprintln!("cxx-await: a #[local] future of Rust left the thread that made it");
            std::process::abort();
        }
    }
}

impl<W> Drop for Local<W> {
    fn drop(&mut self) {
        self.check();
        // SAFETY: once.
        unsafe { ManuallyDrop::drop(&mut self.work) }
    }
}

impl<T, E, W: Work<T, E>> Work<T, E> for Local<W> {
    const IS_STREAM: bool = W::IS_STREAM;

    fn poll_work(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<Outcome<T, E>>> {
        self.check();
        // SAFETY: the field is pinned when the whole is.
        unsafe { self.map_unchecked_mut(|local| &mut *local.work) }.poll_work(context)
    }
}

/// A stream and what it borrows, in the order in which they are dropped.
struct Keeping<S, K> {
    stream: S,
    _kept: Box<K>,
}

impl<S: Stream, K> Stream for Keeping<S, K> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context) -> Poll<Option<S::Item>> {
        // SAFETY: the field is pinned when the whole is.
        unsafe { self.map_unchecked_mut(|keeping| &mut keeping.stream) }.poll_next(context)
    }
}

unsafe fn poll_cell<T, E, W: Work<T, E>>(polled: *mut Polled, context: &mut Context) -> Poll<()> {
    // SAFETY: `boxed` has made it, and only its poller has it now.
    let cell = unsafe { &mut *polled.cast::<Cell<T, E, W>>() };
    let Some(work) = cell.work.as_mut() else {
        // Over, and polled again: a stream stays at its end.
        cell.slot.head.ready = 2;
        return Poll::Ready(());
    };
    // SAFETY: it is in a box, from which nothing moves it.
    let polled = catch_unwind(AssertUnwindSafe(|| {
        unsafe { Pin::new_unchecked(work) }.poll_work(context)
    }));
    let (ready, outcome, over) = match polled {
        Ok(Poll::Pending) => return Poll::Pending,
        Ok(Poll::Ready(Some(outcome))) => (1, Some(outcome), !W::IS_STREAM),
        Ok(Poll::Ready(None)) => (2, None, true),
        Err(panic) => (1, Some(Outcome::Words(panicked(panic))), true),
    };
    cell.slot.head.ready = ready;
    cell.slot.outcome = outcome;
    if over {
        // What it holds is let go when it is over, as `.await` does.
        quietly(|| cell.work = None);
    }
    Poll::Ready(())
}

unsafe fn drop_cell<T, E, W>(polled: *mut Polled) {
    // SAFETY: `boxed` has made it, and this is its end.
    drop(unsafe { Box::from_raw(polled.cast::<Cell<T, E, W>>()) });
}

fn boxed<T, E, W: Work<T, E>>(work: W) -> *mut Polled {
    let head = Polled {
        poll: poll_cell::<T, E, W>,
        drop: drop_cell::<T, E, W>,
        ready: 0,
    };
    let cell = Cell {
        slot: Slot::<T, E> {
            head,
            outcome: None,
        },
        work: Some(work),
    };
    Box::into_raw(Box::new(cell)).cast()
}

/// # Safety
/// The result is C++'s, which drops it once. The same goes for all that follow.
pub unsafe fn new_future<T, E, F>(future: F) -> *mut Polled
where
    T: Send + 'static,
    E: Send + 'static,
    F: Future<Output = Outcome<T, E>> + Send + 'static,
{
    boxed(Once(future))
}

/// # Safety
/// And C++ keeps alive, and unchanged where Rust expects it, what the future borrows.
pub unsafe fn new_future_borrowing<T: Send, E: Send, F: Future<Output = Outcome<T, E>> + Send>(
    future: F,
) -> *mut Polled {
    boxed(Once(future))
}

/// # Safety
/// As `new_future`.
pub unsafe fn new_future_local<
    T: 'static,
    E: 'static,
    F: Future<Output = Outcome<T, E>> + 'static,
>(
    future: F,
) -> *mut Polled {
    boxed(Local::new(Once(future)))
}

/// # Safety
/// As `new_future_borrowing`.
pub unsafe fn new_future_local_borrowing<T, E, F: Future<Output = Outcome<T, E>>>(
    future: F,
) -> *mut Polled {
    boxed(Local::new(Once(future)))
}

/// # Safety
/// As `new_future`.
pub unsafe fn new_stream<T, E, S>(stream: S, convert: fn(S::Item) -> Outcome<T, E>) -> *mut Polled
where
    T: Send + 'static,
    E: Send + 'static,
    S: Stream + Send + 'static,
{
    boxed(Items(stream, convert))
}

/// # Safety
/// As `new_future_borrowing`.
pub unsafe fn new_stream_borrowing<T: Send, E: Send, S: Stream + Send>(
    stream: S,
    convert: fn(S::Item) -> Outcome<T, E>,
) -> *mut Polled {
    boxed(Items(stream, convert))
}

/// # Safety
/// As `new_future`.
pub unsafe fn new_stream_local<T: 'static, E: 'static, S: Stream + 'static>(
    stream: S,
    convert: fn(S::Item) -> Outcome<T, E>,
) -> *mut Polled {
    boxed(Local::new(Items(stream, convert)))
}

/// # Safety
/// As `new_future_borrowing`.
pub unsafe fn new_stream_local_borrowing<T, E, S: Stream>(
    stream: S,
    convert: fn(S::Item) -> Outcome<T, E>,
) -> *mut Polled {
    boxed(Local::new(Items(stream, convert)))
}

/// A stream that borrows from `kept`.
///
/// # Safety
/// As `new_future`; and `make` would make a stream of a reference of any lifetime.
pub unsafe fn new_stream_of<K, T, E, S>(
    kept: K,
    make: impl FnOnce(&'static K) -> S,
    convert: fn(S::Item) -> Outcome<T, E>,
) -> *mut Polled
where
    K: Send + Sync + 'static,
    T: Send + 'static,
    E: Send + 'static,
    S: Stream + Send + 'static,
{
    // SAFETY: by the caller.
    boxed(Items(unsafe { keeping(kept, make) }, convert))
}

/// # Safety
/// As `new_stream_of`.
pub unsafe fn new_stream_of_local<K: 'static, T: 'static, E: 'static, S: Stream + 'static>(
    kept: K,
    make: impl FnOnce(&'static K) -> S,
    convert: fn(S::Item) -> Outcome<T, E>,
) -> *mut Polled {
    // SAFETY: by the caller.
    boxed(Local::new(Items(unsafe { keeping(kept, make) }, convert)))
}

unsafe fn keeping<K: 'static, S>(kept: K, make: impl FnOnce(&'static K) -> S) -> Keeping<S, K> {
    let kept = Box::new(kept);
    // SAFETY: in a box, which is dropped after the stream; its type leaves the lifetime out.
    let stream = make(unsafe { &*std::ptr::from_ref(&*kept) });
    Keeping {
        stream,
        _kept: kept,
    }
}

/// # Safety
/// `T` and `E` are those of the function that made it, and C++ has polled it until it was ready.
pub unsafe fn take<T, E>(polled: *mut Polled) -> Result<T, Message> {
    // SAFETY: by the caller.
    match unsafe { (*polled.cast::<Slot<T, E>>()).outcome.take() } {
        Some(Outcome::Value(value)) => Ok(value),
        Some(Outcome::Words(words)) => Err(words),
        // Of a typed error C++ asks before.
        Some(Outcome::Error(_)) => unreachable!("asked before"),
        None => Err(Message("a Rust future was awaited again".to_owned())),
    }
}

/// # Safety
/// As of `take`.
pub unsafe fn has_failed<T, E>(polled: *mut Polled) -> bool {
    // SAFETY: by the caller.
    matches!(
        unsafe { &(*polled.cast::<Slot<T, E>>()).outcome },
        Some(Outcome::Error(_))
    )
}

/// # Safety
/// As of `take`, and `has_failed`.
pub unsafe fn take_error<T, E>(polled: *mut Polled) -> E {
    // SAFETY: by the caller.
    match unsafe { (*polled.cast::<Slot<T, E>>()).outcome.take() } {
        Some(Outcome::Error(error)) => error,
        _ => unreachable!("asked before"),
    }
}

/// Ready when one of the coroutines is done.
///
/// # Safety
/// They live longer than the result, and nobody else polls them.
pub(crate) unsafe fn any_done(operations: &[*mut Operation]) -> *mut Polled {
    let all = operations.to_vec();
    boxed(Once(std::future::poll_fn(move |context| {
        // SAFETY: by the caller.
        let done = all
            .iter()
            .any(|operation| unsafe { Operation::poll(*operation, context) }.is_ready());
        if done {
            Poll::Ready(never_fails(()))
        } else {
            Poll::Pending
        }
    })))
}

/// Ready when all of the coroutines are done.
///
/// # Safety
/// As of `any_done`.
pub(crate) unsafe fn all_done(operations: &[*mut Operation]) -> *mut Polled {
    let all = operations.to_vec();
    boxed(Once(std::future::poll_fn(move |context| {
        // SAFETY: by the caller. All are polled, so that all make progress.
        let pending = all
            .iter()
            .filter(|operation| unsafe { Operation::poll(**operation, context) }.is_pending());
        if pending.count() == 0 {
            Poll::Ready(never_fails(()))
        } else {
            Poll::Pending
        }
    })))
}
