//! Wakers are code of others: they panic, fetch, and end things.

#[path = "support/child.rs"]
mod child;
mod deadline;
mod latch;
mod pipe;

use child::in_child;
use deadline::answer_of;
use futures::FutureExt;
use futures::executor::block_on;
use latch::Latch;
use oneshot::{AsyncContext, FetchCallback, FetchError, fetch_data, fetch_with, shutdown};
use pipe::Pipe;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

struct Calls(fn());

impl Wake for Calls {
    fn wake(self: Arc<Self>) {
        (self.0)();
    }
}

type Fetch = Pin<Box<dyn Future<Output = Result<Vec<u8>, FetchError>>>>;

fn poll(fetch: &mut Fetch, woken: fn()) -> Poll<Result<Vec<u8>, FetchError>> {
    let waker = Waker::from(Arc::new(Calls(woken)));
    fetch.as_mut().poll(&mut Context::from_waker(&waker))
}

fn drop_it(context: Box<AsyncContext>, _ok: bool, _data: &[u8], _error: String) {
    drop(context);
}

#[test]
fn a_panic_in_a_waker_stays_in_rust() {
    static WOKEN: Latch = Latch::new();
    fn panics() {
        WOKEN.reach();
        panic!("a waker that panics");
    }

    let answers: [(FetchCallback, _); 2] = [
        (oneshot::handle_fetch_result, Ok(vec![])),
        (drop_it, Err(FetchError::Abandoned)),
    ];
    for (times, (callback, answer)) in (1..).zip(answers) {
        let pipe = Pipe::new();
        let url = pipe.url.clone();
        let mut fetch: Fetch = Box::pin(async move { fetch_with(&url, callback).await });
        assert_eq!(poll(&mut fetch, panics), Poll::Pending);
        drop(pipe.writer);
        WOKEN.wait_for(times);
        // The answer is there, and the worker takes the next fetch.
        assert_eq!(poll(&mut fetch, panics), Poll::Ready(answer));
    }
    for _ in 0..8 {
        assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
    }
}

#[test]
fn a_waker_may_fetch_and_shut_down() {
    static WOKEN: Latch = Latch::new();
    fn fetches_and_shuts_down() {
        let _ = fetch_data("file:///dev/null").now_or_never();
        shutdown();
        assert!(block_on(fetch_data("file:///dev/null")).is_err());
        WOKEN.reach();
    }

    let ended = in_child(&[], || {
        let pipes = [(); 8].map(|()| Pipe::new());
        // Four under way, and four that wait for a worker and are woken by the shutdown.
        let mut fetches = pipes.each_ref().map(|pipe| -> Fetch {
            let url = pipe.url.clone();
            Box::pin(async move { fetch_data(&url).await })
        });
        for fetch in &mut fetches {
            assert_eq!(poll(fetch, fetches_and_shuts_down), Poll::Pending);
        }
        let _readers = pipes.map(|pipe| pipe.reader);
        WOKEN.wait_for(8);
    });
    assert!(ended.status.success(), "{ended:?}");
}
