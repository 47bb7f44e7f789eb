//! The owner of C++'s thread. Alone in its file: it ends the clock of the whole process.

#[path = "support/poll.rs"]
mod poll;
#[path = "support/wakes.rs"]
mod wakes;

use futures::executor::block_on;
use poll::poll;
use rust_async::{Timer, shutdown_timers};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Poll, Wake};
use std::time::Duration;
use wakes::Wakes;

/// Lives as long as the thread that made it.
struct OnThread;

static THREADS: AtomicUsize = AtomicUsize::new(0);
thread_local!(static ON_THREAD: OnThread = {
    THREADS.fetch_add(1, SeqCst);
    OnThread
});

impl Drop for OnThread {
    fn drop(&mut self) {
        THREADS.fetch_sub(1, SeqCst);
    }
}

struct Watched(Arc<Wakes>);

impl Wake for Watched {
    fn wake(self: Arc<Self>) {
        ON_THREAD.with(|_| self.0.wake_by_ref());
    }
}

#[test]
fn shutdown_joins_the_thread_and_leaves_nobody_waiting() {
    let hour = Duration::from_secs(3600);
    let [fired, stopped] = [(); 2].map(|()| Wakes::new());
    let mut short = Timer::after(Duration::ZERO);
    assert!(poll(&mut short, &Arc::new(Watched(Arc::clone(&fired)))).is_pending());
    fired.wait_for(1);
    assert_eq!(THREADS.load(SeqCst), 1);
    let mut long = Timer::after(hour);
    assert!(poll(&mut long, &stopped).is_pending());

    shutdown_timers();
    assert_eq!(THREADS.load(SeqCst), 0, "the thread was not joined");
    assert_eq!(stopped.wait_for(0), 1, "wakes of the timer that waited");
    for mut timer in [long, Timer::after(hour)] {
        let Poll::Ready(Err(error)) = poll(&mut timer, &stopped) else {
            panic!("not an Err")
        };
        assert_eq!(error.to_string(), "the clock was shut down");
    }
    assert!(block_on(short).is_ok(), "what has rung has rung");
    shutdown_timers();
}
