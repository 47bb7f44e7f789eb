//! Dropping a timer while C++ rings it, and while it holds more than itself.

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
use std::sync::{Arc, Mutex};
use std::task::Wake;
use std::time::Duration;
use wakes::Wakes;

#[test]
fn a_drop_that_races_with_the_ring_wakes_at_most_once() {
    let tasks: Vec<_> = (0..load(5_000, 200)).map(|_| Wakes::new()).collect();
    for (round, task) in tasks.iter().enumerate() {
        let mut timer = Timer::after(Duration::from_micros(round as u64 % 50));
        assert!(poll(&mut timer, task).is_pending());
        drop(timer);
    }

    // C++ rings in order: when this one has rung, it is done with those before.
    block_on(Timer::after(Duration::from_millis(1))).unwrap();
    for task in tasks {
        assert!(task.wait_for(0) <= 1);
        assert_eq!(Arc::strong_count(&task), 1, "C++ has kept a waker");
    }
}

#[test]
fn a_dropped_timer_may_hold_the_last_reference_to_another() {
    struct Task {
        _waits_too: Mutex<Timer>,
        dropped: Arc<()>,
    }
    impl Wake for Task {
        fn wake(self: Arc<Self>) {}
    }

    let hour = Duration::from_secs(3600);
    let [mut outer, mut inner] = [(); 2].map(|()| Timer::after(hour));
    assert!(poll(&mut inner, &Wakes::new()).is_pending());
    let alive = Arc::new(());
    let task = Arc::new(Task {
        _waits_too: Mutex::new(inner),
        dropped: Arc::clone(&alive),
    });
    assert!(poll(&mut outer, &task).is_pending());
    assert_eq!(Arc::strong_count(&task.dropped), 2);
    drop(task);
    assert_eq!(Arc::strong_count(&alive), 2, "the waker keeps the task");
    drop(outer);
    assert_eq!(Arc::strong_count(&alive), 1);
}
