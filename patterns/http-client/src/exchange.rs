// ANCHOR: state
use crate::ffi::{Flow, HttpErrorKind};
use crate::{HttpError, HttpResponse};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::Waker;

/// One exchange, as C++'s thread writes it and Rust's task reads it.
#[derive(Default)]
pub struct State {
    pub waker: Option<Waker>,
    pub head: Option<HttpResponse<()>>,
    /// What has arrived and was not taken yet.
    pub body: Vec<u8>,
    /// How long `body` may become. None: the body is wanted as a whole.
    pub room: Option<usize>,
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

pub fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}
// ANCHOR_END: state

// ANCHOR: context
/// What C++ holds for as long as an exchange lasts. Dropped without an end, it was cancelled.
pub struct HttpContext(pub Arc<Mutex<State>>);

/// Whether the task that awaits the exchange has something to do.
enum Then {
    Wake,
    Nothing,
}

impl HttpContext {
    /// Changes the state, and notes whom to wake.
    fn change<T>(&self, change: impl FnOnce(&mut State) -> (T, Then)) -> T {
        let mut state = lock(&self.0);
        let (result, then) = change(&mut state);
        if let Then::Wake = then {
            let waker = state.waker.take();
            WAKERS.with_borrow_mut(|wakers| wakers.extend(waker));
        }
        result
    }

    fn end(&self, end: Result<(), HttpError>) {
        self.change(|state| {
            state.end.get_or_insert(end);
            ((), Then::Wake)
        });
    }
}

thread_local! {
    /// Of the tasks that this thread has news for. Woken one by one, they would take turns with it all the time.
    static WAKERS: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

/// Wakes the tasks that the calls of this thread had news for. Any of them may run on the spot, and ask for more.
pub fn wake_http_tasks() {
    for waker in WAKERS.take() {
        // A panic must not reach C++, and a waker that panics has nobody to tell.
        let _ = catch_unwind(AssertUnwindSafe(|| waker.wake()));
    }
}

impl State {
    fn then(&self) -> Then {
        if self.room.is_some() {
            Then::Wake
        } else {
            Then::Nothing
        }
    }
}

impl Drop for HttpContext {
    fn drop(&mut self) {
        if lock(&self.0).end.is_none() {
            self.end(Err(HttpError::Cancelled));
            wake_http_tasks();
        }
    }
}

/// The head of the response that counts, before any of its body.
pub fn handle_http_response(context: &HttpContext, status: u16, url: &[u8], head: &[u8]) {
    let head = HttpResponse::parse(status, url, head);
    context.change(|state| {
        state.head = Some(head);
        ((), state.then())
    });
}

/// Some of the body. Copied once, here.
pub fn handle_http_body(context: &HttpContext, data: &[u8]) -> Flow {
    context.change(|state| {
        if data.len() > state.allowed {
            let too_large = "it is longer than max_body".to_owned();
            state.end.get_or_insert(Err(HttpError::TooLarge(too_large)));
            return (Flow::Stop, Then::Wake);
        }
        let room = state.room.unwrap_or(usize::MAX);
        if !state.body.is_empty() && data.len() > room.saturating_sub(state.body.len()) {
            state.full = true;
            return (Flow::Wait, Then::Nothing);
        }
        state.allowed -= data.len();
        if state.body.is_empty() {
            state.body.reserve(state.room.unwrap_or(data.len()));
        }
        state.body.extend_from_slice(data);
        (Flow::Go, state.then())
    })
}

/// How many bytes of the request's body were put into `room`. 0: that was all. -1: wait.
pub fn fill_http_body(context: &HttpContext, room: &mut [u8]) -> isize {
    context.change(|state| {
        let rest = &state.upload[state.sent..];
        if rest.is_empty() && state.more {
            state.starved = true;
            return (-1, Then::Wake);
        }
        let count = rest.len().min(room.len());
        room[..count].copy_from_slice(&rest[..count]);
        state.sent += count;
        (count as isize, Then::Nothing)
    })
}

/// Whether the request's body can be sent from its beginning.
pub fn rewind_http_body(context: &HttpContext) -> bool {
    context.change(|state| {
        let whole = !state.streamed;
        if whole {
            state.sent = 0
        }
        (whole, Then::Nothing)
    })
}

/// The last call. `text` is what C++ says of an error.
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
pub fn handle_http_end(context: Box<HttpContext>, kind: HttpErrorKind, text: &[u8]) {
    let text = String::from_utf8_lossy(text).into_owned();
    context.end(HttpError::of(kind, text).map_or(Ok(()), Err));
}
// ANCHOR_END: context
