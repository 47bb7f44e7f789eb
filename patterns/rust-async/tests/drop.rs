//! What becomes of a timer that is dropped. The counts are of the whole process: one test.

#[path = "support/load.rs"]
mod load;
#[path = "support/poll.rs"]
mod poll;
#[path = "support/wakes.rs"]
mod wakes;

use load::load;
use poll::poll;
use rust_async::{Timer, started_timers, waiting_timers};
use std::sync::Arc;
use std::time::Duration;
use wakes::Wakes;

const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn dropping_timers_takes_them_back_from_cpp() {
    let (size, task) = (load(10_000, 500), Wakes::new());
    let mut timers: Vec<_> = (0..size).map(|_| Timer::after(HOUR)).collect();
    for timer in &mut timers {
        assert!(poll(timer, &task).is_pending());
    }
    assert_eq!((started_timers(), waiting_timers()), (size as u64, size));
    assert_eq!(Arc::strong_count(&task), 1 + size, "one waker for each");

    drop(timers);
    assert_eq!(waiting_timers(), 0);
    assert_eq!(Arc::strong_count(&task), 1, "C++ has kept wakers");
    assert_eq!(
        task.wait_for(0),
        0,
        "nobody waits any more, nobody is woken"
    );
}
