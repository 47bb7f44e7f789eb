//! Each order in which a timer can be polled, rung and dropped, by loom: `src/timer.rs` itself, with
//! loom's locks and a clock that does as it is told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

mod bridge {
    pub mod ffi {
        use crate::timer::Alarm;
        use crate::timer::cxx::UniquePtr;
        use loom::sync::Mutex;

        loom::lazy_static! {
            /// What the clock has been given.
            pub static ref ALARM: Mutex<Option<Box<Alarm>>> = Mutex::new(None);
        }

        pub struct TimerHandle;

        impl Drop for TimerHandle {
            fn drop(&mut self) {
                let alarm = ALARM.lock().unwrap().take();
                drop(alarm);
            }
        }

        pub fn start_timer(
            _nanoseconds: u64,
            alarm: Box<Alarm>,
        ) -> Result<UniquePtr<TimerHandle>, &'static str> {
            *ALARM.lock().unwrap() = Some(alarm);
            Ok(UniquePtr(Some(TimerHandle)))
        }
    }
}

mod timer {
    mod std {
        pub use ::std::{io, mem, panic, pin, task, time};
        pub mod sync {
            pub use ::std::sync::PoisonError;
            pub use loom::sync::{Arc, Mutex, MutexGuard};
        }
    }

    pub mod cxx {
        pub struct UniquePtr<T>(pub Option<T>);

        impl<T> UniquePtr<T> {
            pub fn null() -> Self {
                UniquePtr(None)
            }

            pub fn is_null(&self) -> bool {
                self.0.is_none()
            }
        }
    }

    include!("../src/timer.rs");
}

#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, SeqCst);
    }
}

fn poll(timer: &mut timer::Timer, task: &Arc<Wakes>) -> Poll<std::io::Result<()>> {
    let waker = Waker::from(Arc::clone(task));
    std::pin::Pin::new(timer).poll(&mut Context::from_waker(&waker))
}

/// A timer that one task has polled, and the clock's thread, which ends it if it still can.
fn started(
    task: &Arc<Wakes>,
    end: fn(&timer::Alarm),
) -> (timer::Timer, loom::thread::JoinHandle<()>) {
    let mut timer = timer::Timer::after(Duration::ZERO);
    assert!(poll(&mut timer, task).is_pending());
    let clock = loom::thread::spawn(move || {
        let alarm = bridge::ffi::ALARM.lock().unwrap().take();
        if let Some(alarm) = alarm {
            end(&alarm);
        }
    });
    (timer, clock)
}

/// All orders. None under valgrind and sanitizers: loom changes stacks, which they take for errors.
fn model(orders: impl Fn() + Send + Sync + 'static) {
    let watched = std::env::var("COOKBOOK_LOAD").is_ok_and(|load| load == "light");
    match watched {
        true => eprintln!("not modelled: loom changes stacks, and memory is watched"),
        false => loom::model(orders),
    }
}

#[test]
fn no_order_of_poll_and_ring_loses_a_wake() {
    model(|| {
        let [first, last] = [(); 2].map(|()| Arc::<Wakes>::default());
        let (mut timer, clock) = started(&first, timer::Alarm::ring);
        let second = poll(&mut timer, &last);
        clock.join().unwrap();
        let [first, last_wakes] = [&first, &last].map(|task| task.0.load(SeqCst));
        match second {
            // It was rung before, and the first task was woken for it.
            Poll::Ready(outcome) => outcome.unwrap(),
            Poll::Pending => {
                assert_eq!((first, last_wakes), (0, 1), "wakes of both tasks");
                assert!(poll(&mut timer, &last).is_ready());
            }
        }
        assert_eq!(first + last_wakes, 1, "wakes in all");
    });
}

#[test]
fn no_order_of_drop_and_shutdown_keeps_a_waker() {
    model(|| {
        let task = Arc::<Wakes>::default();
        let (timer, clock) = started(&task, timer::Alarm::stop);
        drop(timer);
        clock.join().unwrap();
        assert!(task.0.load(SeqCst) <= 1, "wakes");
        assert_eq!(Arc::strong_count(&task), 1, "a waker is kept");
    });
}
