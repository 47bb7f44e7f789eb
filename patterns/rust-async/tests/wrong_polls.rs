//! The two ways to write `poll` wrong that compile.

#[path = "support/wakes.rs"]
mod wakes;

use futures::executor::block_on;
use rust_async::Timer;
use std::pin::{Pin, pin};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;
use wakes::Wakes;

/// Polls the timer, but with a waker that is not the task's.
struct Forgetful {
    timer: Timer,
    stored: Arc<Wakes>,
    polled: mpsc::Sender<Waker>,
}

impl Future for Forgetful {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context) -> Poll<()> {
        self.polled.send(cx.waker().clone()).unwrap();
        let another = Waker::from(Arc::clone(&self.stored));
        let fired = Pin::new(&mut self.timer).poll(&mut Context::from_waker(&another));
        fired.map(Result::unwrap)
    }
}

#[test]
fn a_poll_that_does_not_store_the_waker_hangs() {
    let limit = Duration::from_secs(20);
    let (polled, polls) = mpsc::channel();
    let (end, ended) = mpsc::channel();
    let stored = Wakes::new();
    let forgetful = Forgetful {
        timer: Timer::after(Duration::from_millis(1)),
        stored: Arc::clone(&stored),
        polled,
    };
    let task = thread::spawn(move || {
        block_on(forgetful);
        end.send(()).unwrap();
    });

    let waker = polls.recv_timeout(limit).unwrap();
    stored.wait_for(1);
    // C++ has rung and a poll would be ready, but who was to be told was not stored.
    let hangs = ended.recv_timeout(Duration::from_millis(200));
    assert_eq!(hangs, Err(mpsc::RecvTimeoutError::Timeout));
    assert!(polls.try_recv().is_err(), "polled a second time");

    waker.wake();
    assert_eq!(
        ended.recv_timeout(limit),
        Ok(()),
        "a wake was all it lacked"
    );
    task.join().unwrap();
}

/// Asks for its next poll at once instead of leaving that to C++.
struct Impatient<'a> {
    timer: Timer,
    polls: &'a mut usize,
}

const ENOUGH: usize = 10_000;

impl Future for Impatient<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context) -> Poll<()> {
        *self.polls += 1;
        cx.waker().wake_by_ref();
        let fired = Pin::new(&mut self.timer).poll(&mut Context::from_waker(Waker::noop()));
        // Without an end it would spin for the whole hour.
        if *self.polls < ENOUGH {
            fired.map(Result::unwrap)
        } else {
            Poll::Ready(())
        }
    }
}

struct Patient<'a> {
    timer: Timer,
    polls: &'a mut usize,
}

impl Future for Patient<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context) -> Poll<()> {
        *self.polls += 1;
        Pin::new(&mut self.timer).poll(cx).map(Result::unwrap)
    }
}

#[test]
fn a_self_wake_spins() {
    let tokio = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    type Run = fn(&tokio::runtime::Runtime, Pin<&mut dyn Future<Output = ()>>);
    let executors: [Run; 3] = [
        |_, future| block_on(future),
        |_, future| smol::block_on(future),
        |tokio, future| tokio.block_on(future),
    ];
    for run in executors {
        let (mut polled, mut spun) = (0, 0);
        let patient = Patient {
            timer: Timer::after(Duration::from_millis(10)),
            polls: &mut polled,
        };
        run(&tokio, pin!(patient));
        assert_eq!(polled, 2, "polls of a timer that rings once");

        let impatient = Impatient {
            timer: Timer::after(Duration::from_secs(3600)),
            polls: &mut spun,
        };
        run(&tokio, pin!(impatient));
        assert_eq!(spun, ENOUGH, "polls with nothing to see");
    }
}
