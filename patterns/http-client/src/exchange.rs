// ANCHOR: state
use crate::ffi::{Flow, HttpErrorKind};
use crate::resolver::HttpResolver;
use crate::{HttpError, HttpResponse};
use std::cell::RefCell;
use std::mem::forget;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Duration;

/// One exchange, as C++'s thread writes it and Rust's task reads it.
#[derive(Default)]
pub struct State {
    pub waker: Option<Waker>,
    /// The status and the lines of the answer, which the task reads.
    pub head: Option<(u16, Vec<u8>)>,
    /// The answer is to be followed where it is a redirect.
    pub follows: bool,
    /// It is one. Nobody wants its body.
    pub moved: Option<Moved>,
    /// What has arrived and was not taken yet.
    pub body: Vec<u8>,
    /// How long `body` may become. None: the body is wanted as a whole.
    pub room: Option<usize>,
    /// How long the piece was that was taken last, as the next may well be.
    pub last_piece: usize,
    /// How many more bytes may arrive.
    pub allowed: usize,
    /// C++ waits for room.
    pub full: bool,
    /// What is to be sent, and how much of it is.
    pub upload: Vec<u8>,
    pub sent: usize,
    /// `upload` is a piece of a stream, which cannot be sent again.
    pub streamed: bool,
    /// Another piece will come.
    pub more: bool,
    /// C++ waits for it.
    pub starved: bool,
    pub end: Option<Result<(), HttpError>>,
}

pub struct Moved {
    pub status: u16,
    pub location: String,
}

pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
// ANCHOR_END: state

// ANCHOR: context
/// What C++ holds for as long as an exchange lasts. Dropped without an end, it was cancelled.
pub struct HttpContext(pub Arc<Mutex<State>>);

/// Whether the task that awaits the exchange has something to do.
enum Notify {
    Task,
    Nobody,
}

impl HttpContext {
    /// Changes the state, and notes whom to wake.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> (T, Notify)) -> T {
        let mut state = lock(&self.0);
        let (result, notify) = change(&mut state);
        if let Notify::Task = notify {
            let waker = state.waker.take();
            drop(state);
            WAKERS.with_borrow_mut(|wakers| wakers.extend(waker));
        }
        result
    }

    fn end(&self, end: Result<(), HttpError>) {
        self.change(|state| {
            state.end.get_or_insert(end);
            ((), Notify::Task)
        });
    }
}

thread_local! {
    /// Of the tasks that this thread has to wake. Woken one by one, they would compete with it for the processor.
    static WAKERS: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

/// Wakes the tasks that have something to do, and ends the lookups whose time is over. Any task may run on
/// the spot, and ask for more. Answers how many milliseconds may pass until this is called again.
pub fn wake_http_tasks(resolver: &HttpResolver) -> u64 {
    wake(WAKERS.take());
    let pause = resolver.expire().min(Duration::from_secs(60));
    pause.as_millis() as u64 + 1
}

/// Holds no lock. A panic must not reach C++, and a waker that panics has nobody to tell.
pub fn wake(wakers: Vec<Waker>) {
    for waker in wakers {
        let woken = catch_unwind(AssertUnwindSafe(|| waker.wake()));
        // What a panic carries may panic in its turn.
        let _ = catch_unwind(AssertUnwindSafe(|| drop(woken))).map_err(forget);
    }
}

impl State {
    fn notify(&self) -> Notify {
        match self.room {
            Some(_) => Notify::Task,
            None => Notify::Nobody,
        }
    }
}

impl Drop for HttpContext {
    fn drop(&mut self) {
        if lock(&self.0).end.is_none() {
            self.end(Err(HttpError::Cancelled));
            wake(WAKERS.take());
        }
    }
}

/// The head of the response that counts, before any of its body.
pub fn handle_http_response(context: &HttpContext, status: u16, head: &[u8]) {
    context.change(|state| {
        if state.follows && matches!(status, 301..=303 | 307 | 308) {
            let head = HttpResponse::parse(status, String::new(), head);
            if let Some(location) = head.header("Location") {
                let location = location.to_owned();
                state.moved = Some(Moved { status, location });
                return ((), Notify::Nobody);
            }
        }
        state.head = Some((status, head.to_vec()));
        ((), state.notify())
    });
}

/// Some of the body. Copied once, here.
pub fn handle_http_body(context: &HttpContext, data: &[u8]) -> Flow {
    context.change(|state| {
        if state.end.is_some() {
            return (Flow::Stop, Notify::Nobody);
        }
        if data.len() > state.allowed {
            let too_large = "it is longer than max_body".to_owned();
            state.end = Some(Err(HttpError::TooLarge(too_large)));
            return (Flow::Stop, Notify::Task);
        }
        let room = state.room.unwrap_or(usize::MAX);
        if !state.body.is_empty() && data.len() > room.saturating_sub(state.body.len()) {
            state.full = true;
            return (Flow::Wait, Notify::Nobody);
        }
        state.allowed -= data.len();
        if state.moved.is_some() {
            return (Flow::Go, Notify::Nobody);
        }
        if state.body.is_empty() {
            state.body.reserve(state.last_piece.max(data.len()));
        }
        state.body.extend_from_slice(data);
        (Flow::Go, state.notify())
    })
}

/// How many bytes of the request's body were put into `room`. 0: that was all. -1: wait.
pub fn fill_http_body(context: &HttpContext, room: &mut [u8]) -> isize {
    context.change(|state| {
        let rest = &state.upload[state.sent..];
        if rest.is_empty() && state.more {
            state.starved = true;
            return (-1, Notify::Task);
        }
        let count = rest.len().min(room.len());
        room[..count].copy_from_slice(&rest[..count]);
        state.sent += count;
        (count as isize, Notify::Nobody)
    })
}

/// Whether the request's body can be sent from its beginning.
pub fn rewind_http_body(context: &HttpContext) -> bool {
    context.change(|state| {
        let whole = !state.streamed;
        if whole {
            state.sent = 0
        }
        (whole, Notify::Nobody)
    })
}

/// The last call. `text` is what C++ says of an error.
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
pub fn handle_http_end(context: Box<HttpContext>, kind: HttpErrorKind, text: &[u8]) {
    let text = String::from_utf8_lossy(text).into_owned();
    context.end(HttpError::of(kind, text).map_or(Ok(()), Err));
}
// ANCHOR_END: context
