//! The end of the process, seen from outside: each test runs itself again, as a child that exits.

#[path = "support/child.rs"]
mod child;
#[path = "support/poll.rs"]
mod poll;

use child::in_child;
use futures::FutureExt;
use poll::poll;
use rust_async::{Timer, shutdown_timers};
use std::os::unix::process::ExitStatusExt;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Arc, Mutex, mpsc};
use std::task::Wake;
use std::thread;
use std::time::Duration;

/// Does `0` on C++'s thread when the timer rings.
struct OnRing<F>(Mutex<F>);

impl<F: FnMut() + Send + 'static> Wake for OnRing<F> {
    fn wake(self: Arc<Self>) {
        (self.0.lock().unwrap())();
    }
}

/// A timer that C++ rings at once, and then has `work` done.
fn ring(work: impl FnMut() + Send + 'static) -> Timer {
    let mut timer = Timer::after(Duration::ZERO);
    assert!(poll(&mut timer, &Arc::new(OnRing(Mutex::new(work)))).is_pending());
    timer
}

fn park() -> ! {
    loop {
        thread::park();
    }
}

#[test]
fn a_waker_may_exit() {
    let child = in_child(&[], || {
        let _timer = ring(|| exit(3));
        park();
    });
    assert_eq!(child.status.code(), Some(3), "{child:?}");
}

#[test]
fn a_waker_that_exits_when_the_exit_wakes_it_ends_the_process_by_sigabrt() {
    let child = in_child(&[], || {
        let mut timer = Timer::after(Duration::from_secs(3600));
        let exits = Arc::new(OnRing(Mutex::new(|| exit(4))));
        assert!(poll(&mut timer, &exits).is_pending());
        exit(3);
    });
    assert_eq!(child.status.signal(), Some(6), "{child:?}");
    assert!(child.stderr.contains("re-entrantly"), "{child:?}");
}

#[test]
fn a_waker_that_never_returns_does_not_keep_exit() {
    let child = in_child(&[], || {
        let (running, runs) = mpsc::channel();
        let _timer = ring(move || {
            running.send(()).unwrap();
            park();
        });
        runs.recv().unwrap();
        exit(3);
    });
    assert_eq!(child.status.code(), Some(3), "{child:?}");
}

#[test]
fn a_waker_may_shut_the_timers_down() {
    let child = in_child(&[], || {
        let (shut, down) = mpsc::channel();
        let _timer = ring(move || {
            shutdown_timers();
            shut.send(()).unwrap();
        });
        down.recv().unwrap();
        shutdown_timers();
        assert!(is_refused());
    });
    assert_eq!(child.status.code(), Some(0), "{child:?}");
}

#[test]
fn exit_leaves_nobody_waiting_and_refuses_what_comes_later() {
    struct Says;
    impl Wake for Says {
        fn wake(self: Arc<Self>) {
            eprintln!("woken");
        }
    }

    static DONE: AtomicBool = AtomicBool::new(false);
    extern "C" fn until_done() {
        while !DONE.load(SeqCst) {
            thread::yield_now();
        }
    }

    let child = in_child(&[], || {
        // The first to be registered is the last to be called: after C++'s own.
        // SAFETY: `until_done` may be called by any thread, and does not unwind.
        assert_eq!(unsafe { libc::atexit(until_done) }, 0);
        let mut waits = Timer::after(Duration::MAX);
        assert!(poll(&mut waits, &Arc::new(Says)).is_pending());
        thread::spawn(move || {
            while !is_refused() {
                thread::yield_now();
            }
            drop(waits);
            eprintln!("later timers are refused");
            DONE.store(true, SeqCst);
        });
        exit(0);
    });
    assert_eq!(child.status.code(), Some(0), "{child:?}");
    let said = child.stderr;
    assert!(said.contains("woken"), "{said}");
    assert!(said.contains("later timers are refused"), "{said}");
}

fn is_refused() -> bool {
    let polled = Timer::after(Duration::MAX).now_or_never();
    polled.is_some_and(|outcome| outcome.is_err())
}

/// Its destructor never returns.
struct Endless;

impl Drop for Endless {
    fn drop(&mut self) {
        loop {
            thread::park();
        }
    }
}

thread_local!(static ENDLESS: Endless = const { Endless });

#[test]
fn exit_does_not_wait_for_a_thread_local_without_an_end() {
    let child = in_child(&[], || {
        let (rung, rings) = mpsc::channel();
        let _timer = ring(move || ENDLESS.with(|_| rung.send(()).unwrap()));
        rings.recv().unwrap();
        exit(4);
    });
    assert_eq!(child.status.code(), Some(4), "{child:?}");
}
