//! What an executor does, by hand.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};

pub fn poll<F: Future + Unpin>(
    future: &mut F,
    task: &Arc<impl Wake + Send + Sync + 'static>,
) -> Poll<F::Output> {
    let waker = Arc::clone(task).into();
    Pin::new(future).poll(&mut Context::from_waker(&waker))
}
