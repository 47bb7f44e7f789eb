//! Dropping the future.

#[path = "support/models.rs"]
mod models;
#[path = "support/pipe.rs"]
mod pipe;

use futures::future::maybe_done;
use models::{CALLBACK, COROUTINE, FUTURE, KJ, Model, PROMISE};
use pipe::Pipe;
use std::io::Write;
use std::pin::Pin;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

/// A pipe that C++ reads for a future that is no more.
fn dropped(runtime: &Runtime, model: Model) -> Pipe {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let mut fetch = model(&url);
    runtime.block_on(async { assert!(futures::poll!(&mut fetch).is_pending()) });
    pipe.wait_until_read();
    drop(fetch);
    pipe.leave_it_to_cpp();
    pipe
}

#[test]
fn dropping_the_future_stops_a_coroutine_at_its_next_block() {
    let mut pipe = dropped(&runtime(), COROUTINE);
    // When C++ closes it, writing fails. Half of what C++ would read.
    let blocks = (0..128).take_while(|_| pipe.writer.write_all(&[b'x'; 64 << 10]).is_ok());
    assert!(blocks.count() < 128, "C++ went on reading");
}

#[test]
fn dropping_the_future_ends_a_kj_promise_at_once() {
    dropped(&runtime(), KJ).wait_until_closed();
}

/// C++ reads on and answers, and the answer is ignored.
fn goes_on(model: Model) {
    let runtime = runtime();
    let mut pipe = dropped(&runtime, model);
    pipe.wait_until_read();
    assert_eq!(pipe.opened(), 2);
    let mut next = maybe_done(model("file:///dev/null"));
    runtime.block_on(async {
        let _ = futures::poll!(&mut next);
    });
    drop(pipe);
    runtime.block_on(&mut next);
    assert_eq!(Pin::new(&mut next).take_output(), Some(Ok(vec![])));
}

#[test]
fn dropping_the_future_does_not_stop_a_callback() {
    goes_on(CALLBACK);
}

#[test]
fn dropping_the_future_does_not_stop_a_std_future() {
    goes_on(FUTURE);
}

#[test]
fn dropping_the_future_does_not_stop_a_promise() {
    goes_on(PROMISE);
}
