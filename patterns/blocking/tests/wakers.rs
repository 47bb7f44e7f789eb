//! A waker is code of others.

#[path = "support/pipe.rs"]
mod pipe;

use blocking::{Checksum, async_work};
use pipe::Pipe;
use std::fs::File;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;
use tokio::runtime::Builder;

struct Panics(mpsc::Sender<()>);

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        self.0.send(()).unwrap();
        panic!("a waker that panics");
    }
}

#[test]
fn a_panic_in_a_waker_ends_nothing_else() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let (sender, woken) = mpsc::channel();
    let waker = Waker::from(Arc::new(Panics(sender)));
    let (data, pipe) = Pipe::new();
    let mut call = Box::pin(async_work(data));
    let within = runtime.enter();
    let poll = call.as_mut().poll(&mut Context::from_waker(&waker));
    assert_eq!(poll, Poll::Pending);
    drop(pipe);
    woken.recv_timeout(Duration::from_secs(20)).unwrap();
    let poll = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert_eq!(poll, Poll::Ready(Ok(Checksum::default())));
    drop(within);

    let null = File::open("/dev/null").unwrap();
    assert_eq!(runtime.block_on(async_work(null)), Ok(Checksum::default()));
}
