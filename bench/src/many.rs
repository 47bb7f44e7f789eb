//! The same await, again and again.

use crate::measured::Measured;
use futures::executor::block_on;
use futures::stream::{self, StreamExt};

/// What an await takes with `in_flight` under way at any time. `fetch` says whether it was answered.
pub fn many(in_flight: usize, fetch: impl AsyncFn() -> bool) -> Measured {
    let repeat = |count: usize| {
        block_on(async {
            if in_flight == 1 {
                for _ in 0..count {
                    assert!(fetch().await);
                }
            } else {
                let all = stream::iter(0..count).map(|_| fetch());
                let mut answers = all.buffer_unordered(in_flight);
                while let Some(answered) = answers.next().await {
                    assert!(answered);
                }
            }
        });
    };
    let count = 20_000.max(4 * in_flight);
    repeat(count / 4); // starts what has to be started
    Measured::of(count, || repeat(count))
}
