//! A panic while C++ answers. Alone in its file: it counts frames.

#[path = "support/answer_of.rs"]
mod answer_of;
#[path = "support/counts.rs"]
mod counts;
#[path = "support/pipe.rs"]
mod pipe;

use answer_of::answer_of;
use coroutine::fetch_data;
use counts::Counts;
use pipe::Pipe;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

struct Panics(mpsc::Sender<()>);

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        self.0.send(()).unwrap();
        panic!("a waker that panics");
    }
}

#[test]
fn a_panic_in_a_waker_stays_in_rust() {
    let counts = Counts::begin();
    let (sender, woken) = mpsc::channel();
    let waker = Waker::from(Arc::new(Panics(sender)));
    let pipe = Pipe::new();
    let url = pipe.url.clone();
    let mut fetch = Box::pin(fetch_data(&url));
    let mut context = Context::from_waker(&waker);
    assert_eq!(fetch.as_mut().poll(&mut context), Poll::Pending);
    drop(pipe.writer);
    woken.recv_timeout(Duration::from_secs(20)).unwrap();

    // The answer is there, C++'s thread takes the next coroutine, and no frame is left behind.
    let poll = fetch.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(poll, Poll::Ready(Ok(vec![])));
    assert_eq!(counts.frames_when_all_have_ended(), 3);
    assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
}
