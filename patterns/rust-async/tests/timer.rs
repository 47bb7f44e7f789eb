//! Who is woken, and how often.

#[path = "support/load.rs"]
mod load;
#[path = "support/poll.rs"]
mod poll;
#[path = "support/wakes.rs"]
mod wakes;

use futures::executor::block_on;
use load::load;
use poll::poll;
use rust_async::Timer;
use std::sync::{Arc, Mutex, mpsc};
use std::task::{Poll, Wake};
use std::time::{Duration, Instant};
use wakes::Wakes;

const HOUR: Duration = Duration::from_secs(3600);

/// A timer that `N` tasks have polled in turn before its time was over.
fn polled_by<const N: usize>() -> (Timer, [Arc<Wakes>; N]) {
    let mut limit = Duration::from_millis(1);
    loop {
        let (mut timer, tasks) = (Timer::after(limit), [(); N].map(|()| Wakes::new()));
        if tasks.iter().all(|task| poll(&mut timer, task).is_pending()) {
            return (timer, tasks);
        }
        limit *= 2;
    }
}

#[test]
fn a_timer_is_woken_once_and_stays_ready() {
    let (mut timer, [task]) = polled_by();
    task.wait_for(1);
    assert!(matches!(poll(&mut timer, &task), Poll::Ready(Ok(()))));
    assert!(matches!(poll(&mut timer, &task), Poll::Ready(Ok(()))));

    // C++ rings in order: when this one has rung, it is done with the one before.
    block_on(Timer::after(Duration::ZERO)).unwrap();
    assert_eq!(task.wait_for(0), 1, "wakes in all");
}

#[test]
fn only_the_task_that_polled_last_is_woken() {
    let (mut timer, [first, last]) = polled_by();
    last.wait_for(1);
    assert!(matches!(poll(&mut timer, &last), Poll::Ready(Ok(()))));
    assert_eq!(first.wait_for(0), 0, "wakes of the task that polled first");
    assert_eq!(Arc::strong_count(&first), 1, "its waker is kept");
}

#[test]
fn a_poll_that_races_with_the_ring_loses_no_wake() {
    for _ in 0..load(2_000, 100) {
        let mut timer = Timer::after(Duration::ZERO);
        let tasks = [(); 2].map(|()| Wakes::new());
        // Two tasks in turn, for about as long as C++ needs to ring.
        let mut polls = (0..1_000).map(|turn| poll(&mut timer, &tasks[turn % 2]));
        if polls.all(|poll| poll.is_pending()) {
            tasks[1].wait_for(1);
            assert!(matches!(poll(&mut timer, &tasks[1]), Poll::Ready(Ok(()))));
        }
    }
}

#[test]
fn timers_ring_in_the_order_of_their_time() {
    struct Named(usize, mpsc::Sender<usize>);
    impl Wake for Named {
        fn wake(self: Arc<Self>) {
            self.1.send(self.0).unwrap();
        }
    }

    // Keeps C++ asleep for long, so that the others have to be noticed meanwhile.
    let mut longest = Timer::after(Duration::MAX);
    assert!(poll(&mut longest, &Wakes::new()).is_pending());
    let (mut gap, mut rounds) = (Duration::from_millis(5), 0);
    while rounds < 5 {
        let mut timers = [3 * gap, 2 * gap, gap].map(Timer::after);
        let (fired, order) = mpsc::channel();
        let begun = Instant::now();
        for (name, timer) in timers.iter_mut().enumerate() {
            let task = Arc::new(Named(name, fired.clone()));
            assert!(poll(timer, &task).is_pending());
        }
        // A machine that takes longer than this to start them may have changed their order.
        if begun.elapsed() < gap {
            let limit = Duration::from_secs(20);
            let order: Result<Vec<_>, _> = (0..3).map(|_| order.recv_timeout(limit)).collect();
            assert_eq!(order, Ok(vec![2, 1, 0]));
            rounds += 1;
        } else {
            gap *= 2;
        }
    }
}

#[test]
fn a_waker_may_poll_drop_and_start_timers_on_the_spot() {
    struct OnTheSpot(Mutex<Option<Timer>>, mpsc::Sender<bool>);
    impl Wake for OnTheSpot {
        fn wake(self: Arc<Self>) {
            let mut timer = self.0.lock().unwrap().take().unwrap();
            let ready = poll(&mut timer, &self).is_ready();
            drop(timer);
            let mut another = Timer::after(HOUR);
            let waits = poll(&mut another, &self).is_pending();
            drop(another);
            self.1.send(ready && waits).unwrap();
        }
    }

    let (woken, seen) = mpsc::channel();
    let task = Arc::new(OnTheSpot(Mutex::new(None), woken));
    let mut timer = task.0.lock().unwrap();
    let mut started = Timer::after(Duration::from_millis(1));
    let _ = poll(&mut started, &task);
    *timer = Some(started);
    drop(timer);
    assert_eq!(seen.recv_timeout(Duration::from_secs(20)), Ok(true));
}

#[test]
fn a_panic_of_a_waker_stays_in_rust_and_later_timers_ring() {
    struct Panics(Arc<Wakes>);
    impl Wake for Panics {
        fn wake(self: Arc<Self>) {
            self.0.wake_by_ref();
            panic!("this waker panics");
        }
    }

    let mut timer = Timer::after(Duration::ZERO);
    let wakes = Wakes::new();
    assert!(poll(&mut timer, &Arc::new(Panics(Arc::clone(&wakes)))).is_pending());
    wakes.wait_for(1);
    block_on(Timer::after(Duration::ZERO)).unwrap();
    assert!(matches!(poll(&mut timer, &wakes), Poll::Ready(Ok(()))));
}
