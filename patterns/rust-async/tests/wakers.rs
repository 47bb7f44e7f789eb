//! A waker is code of others, and runs under no lock: not while it is cloned, and not while it is dropped.

#[path = "support/poll.rs"]
mod poll;

use futures::executor::block_on;
use poll::poll;
use rust_async::Timer;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, OnceLock, mpsc};
use std::task::{Context, RawWaker, RawWakerVTable, Wake, Waker};
use std::thread::{self, ThreadId};
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(20);

/// Until C++ has rung one more timer, and so the one of the test, which is due before.
fn wait_for_another_timer() {
    let waits = || block_on(Timer::after(2 * SHORT));
    thread::spawn(waits).join().unwrap().unwrap();
}

/// `work`, or the end of the process: what waits for a lock that it holds itself never ends.
fn within_20_s(work: impl FnOnce() + Send + 'static) {
    let (sender, ended) = mpsc::channel();
    let polls = thread::Builder::new().name("polls".to_owned());
    let works = polls.spawn(move || {
        work();
        sender.send(()).unwrap();
    });
    if ended.recv_timeout(Duration::from_secs(20)) == Err(mpsc::RecvTimeoutError::Timeout) {
        eprintln!("a deadlock");
        std::process::abort();
    }
    works.unwrap().join().unwrap();
}

#[test]
fn a_waker_that_is_dropped_may_wait_for_another_timer() {
    struct Waits(Arc<OnceLock<ThreadId>>);
    impl Wake for Waits {
        fn wake(self: Arc<Self>) {}
    }
    impl Drop for Waits {
        fn drop(&mut self) {
            self.0.set(thread::current().id()).unwrap();
            // On C++'s thread it would wait for itself.
            if thread::current().name() == Some("polls") {
                wait_for_another_timer();
            }
        }
    }

    within_20_s(|| {
        let dropped_by = |limit| {
            let thread = Arc::<OnceLock<ThreadId>>::default();
            let mut timer = Timer::after(limit);
            assert!(poll(&mut timer, &Arc::new(Waits(Arc::clone(&thread)))).is_pending());
            // The timer has the last reference to the first waker now, and lets go of it here.
            let _ = Pin::new(&mut timer).poll(&mut Context::from_waker(Waker::noop()));
            block_on(timer).unwrap();
            *thread.get().expect("the first waker is kept")
        };
        // Where C++ rings before the second poll, it drops the waker. Then with more time.
        let mut limits = (0..).map(|round| SHORT * (1 << round));
        while dropped_by(limits.next().unwrap()) != thread::current().id() {}
    });
}

#[test]
fn a_waker_that_is_cloned_may_wait_for_another_timer() {
    static WAITS: RawWakerVTable = RawWakerVTable::new(
        |data| {
            wait_for_another_timer();
            RawWaker::new(data, Waker::noop().vtable())
        },
        |_| (),
        |_| (),
        |_| (),
    );

    within_20_s(|| {
        let mut timer = Timer::after(SHORT);
        let first = Pin::new(&mut timer).poll(&mut Context::from_waker(Waker::noop()));
        assert!(first.is_pending());
        // SAFETY: none of its functions uses the data, and all may be called on any thread.
        let waker = unsafe { Waker::from_raw(RawWaker::new(std::ptr::null(), &WAITS)) };
        let second = Pin::new(&mut timer).poll(&mut Context::from_waker(&waker));
        assert!(
            second.is_ready(),
            "its time was over while the waker was cloned"
        );
    });
}

#[test]
fn a_panic_of_a_waker_that_is_dropped_is_its_owners() {
    struct Panics;
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {}
    }
    impl Drop for Panics {
        fn drop(&mut self) {
            panic!("this waker panics");
        }
    }

    let mut timer = Timer::after(Duration::from_secs(3600));
    assert!(poll(&mut timer, &Arc::new(Panics)).is_pending());
    // In C++ it could not be caught.
    assert!(catch_unwind(AssertUnwindSafe(|| drop(timer))).is_err());
    block_on(Timer::after(Duration::ZERO)).unwrap();
}
