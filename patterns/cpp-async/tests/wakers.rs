//! A waker is code of others, and runs on C++'s thread.

#[path = "support/child.rs"]
mod child;
#[path = "support/models.rs"]
mod models;
#[path = "support/pipe.rs"]
mod pipe;

use child::in_child;
use futures::executor::block_on;
use models::{ALL, CALLBACK, COROUTINE, Model};
use pipe::Pipe;
use std::pin::pin;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake};

/// Says so, and then does something.
struct Woken(Mutex<mpsc::Sender<()>>, fn());

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.lock().unwrap().send(()).unwrap();
        (self.1)();
    }
}

/// Has C++ answer a fetch of `url` by a waker that does `work`, and gives what its future has then.
fn wake(model: Model, work: fn()) -> models::Fetched {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let mut fetch = pin!(model(&url));
    let (sender, woken) = mpsc::channel();
    let waker = Arc::new(Woken(Mutex::new(sender), work)).into();
    let polled = fetch.as_mut().poll(&mut Context::from_waker(&waker));
    assert!(polled.is_pending());
    // More than a pipe holds: it returns when C++ reads.
    pipe.wait_until_read();
    drop((pipe.reader, pipe.writer));
    woken.recv().unwrap();
    block_on(fetch)
}

#[test]
fn a_panic_of_a_waker_stays_in_rust() {
    for model in ALL {
        let fetched = wake(model, || panic!("as the test wants it to"));
        assert_eq!(fetched.map(|data| data.len()), Ok(3 * (64 << 10)));
        assert_eq!(block_on(model("file:///dev/null")), Ok(vec![]));
    }
}

#[test]
fn a_panic_of_a_waker_that_learns_that_there_is_no_answer_stays_in_rust() {
    // More than 16 MiB are dropped without an answer by this model.
    let mut fetch = pin!(CALLBACK("file:///dev/zero"));
    let (sender, woken) = mpsc::channel();
    let panics = || panic!("as the test wants it to");
    let waker = Arc::new(Woken(Mutex::new(sender), panics)).into();
    let polled = fetch.as_mut().poll(&mut Context::from_waker(&waker));
    assert!(polled.is_pending());
    woken.recv().unwrap();
    assert_eq!(block_on(fetch), Err(cpp_async::FetchError::Abandoned));
    assert_eq!(block_on(COROUTINE("file:///dev/null")), Ok(vec![]));
}

#[test]
fn a_waker_may_exit() {
    for number in 0..ALL.len() {
        let number = number.to_string();
        let child = in_child(&[("MODEL", &number)], || {
            let number: usize = std::env::var("MODEL").unwrap().parse().unwrap();
            let _ = wake(ALL[number], || std::process::exit(3));
            loop {
                std::thread::park();
            }
        });
        assert_eq!(child.status.code(), Some(3), "{number}: {child:?}");
    }
}
