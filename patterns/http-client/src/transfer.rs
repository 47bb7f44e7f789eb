use crate::exchange::{HttpContext, State, lock};
use crate::ffi::{HttpClient, HttpHandle, http_request_async};
use crate::{BodyPieces, HttpBody, HttpError, HttpRequest, HttpResponse};
use cxx::UniquePtr;
use std::io;
use std::mem::take;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

/// Rust's end of an exchange, held by the future or the stream that awaits it.
pub struct Transfer {
    state: Arc<Mutex<State>>,
    handle: UniquePtr<HttpHandle>,
    upload: Option<BodyPieces>,
}

impl Transfer {
    pub fn start(
        client: &HttpClient,
        request: HttpRequest,
        room: Option<usize>,
    ) -> Result<Self, HttpError> {
        let allowed = request.max_body;
        let (parts, body) = request.into_parts()?;
        let mut state = State {
            room,
            allowed,
            ..State::default()
        };
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
        let handle = http_request_async(client, &parts, context)
            .map_err(|thrown| HttpError::Refused(thrown.what().to_owned()))?;
        Ok(Self {
            state,
            handle,
            upload,
        })
    }

    /// The response with its whole body.
    pub fn poll_whole(&mut self, cx: &mut Context<'_>) -> Poll<Result<HttpResponse, HttpError>> {
        self.poll(cx, |state| {
            let end = state.end.clone()?;
            let body = take(&mut state.body);
            Some(end.and_then(|()| {
                let head = state.head.take().ok_or(HttpError::Cancelled)?;
                Ok(head.with_body(body))
            }))
        })
    }

    /// The response as soon as its head is there.
    pub fn poll_head(&mut self, cx: &mut Context<'_>) -> Poll<Result<HttpResponse<()>, HttpError>> {
        self.poll(cx, |state| match state.head.take() {
            Some(head) => Some(Ok(head)),
            None => state.end.clone()?.err().map(Err),
        })
    }

    /// Some of the body, then its end: an error once, or nothing.
    pub fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, HttpError>>> {
        self.poll(cx, |state| {
            if !state.body.is_empty() {
                return Some(Some(Ok(take(&mut state.body))));
            }
            let end = state.end.take()?;
            state.end = Some(Ok(()));
            Some(end.err().map(Err))
        })
    }

    /// Waits until there is something to be had from the state. Meanwhile sends what is to be sent.
    fn poll<T>(
        &mut self,
        cx: &mut Context<'_>,
        mut have: impl FnMut(&mut State) -> Option<T>,
    ) -> Poll<T> {
        loop {
            let mut state = lock(&self.state);
            if let Some(had) = have(&mut state) {
                let resume = state.body.is_empty() && take(&mut state.full);
                drop(state);
                if resume {
                    self.handle.resume();
                }
                return Poll::Ready(had);
            }
            state.waker = Some(cx.waker().clone());
            let starved = state.starved;
            drop(state);
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
                state
                    .end
                    .get_or_insert(Err(HttpError::Upload(error.to_string())));
                return self.handle.abort();
            }
        }
        self.handle.resume();
    }
}

impl Drop for Transfer {
    fn drop(&mut self) {
        if lock(&self.state).end.is_none() {
            self.handle.abort();
        }
    }
}
