use crate::exchange::{HttpContext, Moved, State, lock};
use crate::ffi::HttpParts;
use crate::hop::Hop;
use crate::{BodyPieces, HttpBody, HttpError, HttpRequest, HttpResponse, Shared};
use std::future::poll_fn;
use std::io;
use std::mem::{replace, take};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

/// Rust's end of an exchange, held by the future or the stream that awaits it.
pub struct Transfer {
    client: Arc<Shared>,
    id: u64,
    /// Of the answer.
    url: String,
    state: Arc<Mutex<State>>,
    upload: Option<BodyPieces>,
}

impl Transfer {
    /// The exchange whose answer is no redirect. It has its head, and where no `room` is given, its end.
    pub async fn open(
        client: Arc<Shared>,
        request: HttpRequest,
        room: Option<usize>,
    ) -> Result<Self, HttpError> {
        if client.is_inherited() {
            return Err(HttpError::Cancelled);
        }
        let mut hop = Hop::first(request)?;
        loop {
            let connect_end = hop.connect_end();
            let addresses = client.addresses(&hop.url, connect_end).await?;
            let parts = hop.parts(addresses, connect_end);
            let state = State {
                follows: hop.request.redirects > 0,
                room,
                allowed: hop.request.max_body,
                ..State::default()
            };
            let body = replace(&mut hop.request.body, HttpBody::Empty);
            let mut transfer = Self::start(client.clone(), state, body, &parts)?;
            let Some(moved) = poll_fn(|cx| transfer.poll_answer(cx)).await? else {
                transfer.url = hop.url.into();
                return Ok(transfer);
            };
            hop = hop.redirect(moved.status, &moved.location, transfer.take_body())?;
        }
    }

    fn start(
        client: Arc<Shared>,
        mut state: State,
        body: HttpBody,
        parts: &HttpParts,
    ) -> Result<Self, HttpError> {
        let mut upload = None;
        match body {
            HttpBody::Empty => {}
            HttpBody::Bytes(bytes) => state.upload = bytes,
            HttpBody::Stream(stream) => {
                (state.streamed, state.more) = (true, true);
                upload = Some(stream);
            }
        }
        let state = Arc::new(Mutex::new(state));
        let context = Box::new(HttpContext(state.clone()));
        let started = client.worker.start(parts, context);
        let id = started.map_err(|thrown| HttpError::Other(thrown.what().to_owned()))?;
        Ok(Self {
            client,
            id,
            url: String::new(),
            state,
            upload,
        })
    }

    /// Ready at the end, or where the body is a stream, at the head. Some: it is a redirect.
    fn poll_answer(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Moved>, HttpError>> {
        self.poll(cx, |state| match &state.end {
            _ if state.room.is_some() && state.head.is_some() => Some(Ok(None)),
            None => None,
            Some(Err(error)) => Some(Err(error.clone())),
            Some(Ok(())) => Some(Ok(state.moved.take())),
        })
    }

    /// What was to be sent, for an exchange that sends it again.
    fn take_body(&mut self) -> HttpBody {
        match (self.upload.take(), take(&mut lock(&self.state).upload)) {
            (Some(stream), _) => HttpBody::Stream(stream),
            (None, bytes) if bytes.is_empty() => HttpBody::Empty,
            (None, bytes) => HttpBody::Bytes(bytes),
        }
    }

    pub fn take_head(&mut self) -> Result<HttpResponse<()>, HttpError> {
        let head = lock(&self.state).head.take();
        let (status, lines) = head.ok_or(HttpError::Cancelled)?;
        Ok(HttpResponse::parse(status, take(&mut self.url), &lines))
    }

    pub fn take_whole(&mut self) -> Result<HttpResponse, HttpError> {
        let head = self.take_head()?;
        Ok(head.with_body(take(&mut lock(&self.state).body)))
    }

    /// Some of the body, then its end: an error once, or nothing.
    pub fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, HttpError>>> {
        self.poll(cx, |state| {
            if !state.body.is_empty() {
                state.last_piece = state.body.len();
                return Some(Some(Ok(take(&mut state.body))));
            }
            let end = state.end.take()?;
            state.end = Some(Ok(()));
            Some(end.err().map(Err))
        })
    }

    /// Waits until there is a value in the state. Meanwhile sends what is to be sent.
    fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        mut extract: impl FnMut(&mut State) -> Option<T>,
    ) -> Poll<T> {
        loop {
            let waker = cx.waker().clone(); // not under the lock: it is the caller's code
            let mut state = lock(&self.state);
            if let Some(value) = extract(&mut state) {
                let resume = state.body.is_empty() && take(&mut state.full);
                drop(state);
                if resume {
                    self.client.worker.resume(self.id);
                }
                return Poll::Ready(value);
            }
            let old = state.waker.replace(waker);
            let starved = state.starved;
            drop(state);
            drop(old);
            let Some(upload) = self.upload.as_mut().filter(|_| starved) else {
                return Poll::Pending;
            };
            let piece = ready!(upload.as_mut().poll_next(cx));
            self.send(piece);
        }
    }

    /// Gives C++ the next piece of a streamed body, its end or its error.
    fn send(&mut self, piece: Option<io::Result<Vec<u8>>>) {
        let mut state = lock(&self.state);
        state.starved = false;
        state.sent = 0;
        state.upload.clear();
        match piece {
            Some(Ok(bytes)) => state.upload = bytes,
            None => state.more = false,
            Some(Err(error)) => {
                drop(state);
                let error = HttpError::Upload(error.to_string()); // the caller's code as well
                lock(&self.state).end.get_or_insert(Err(error));
                return self.client.worker.abort(self.id);
            }
        }
        drop(state);
        self.client.worker.resume(self.id);
    }
}

impl Drop for Transfer {
    fn drop(&mut self) {
        if !self.client.is_inherited() && lock(&self.state).end.is_none() {
            self.client.worker.abort(self.id);
        }
    }
}
