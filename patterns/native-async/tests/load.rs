#[path = "support/alone.rs"]
mod alone;

use alone::{alone, until};
use futures::executor::block_on;
use futures::future::join_all;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};
use native_async::fetch::ffi::{fetch_data, in_flight};

#[test]
fn ten_thousand_sleep_at_once_on_one_thread() {
    let _alone = alone();
    let mut sleeping: FuturesUnordered<_> = (0..10_000)
        .map(|_| fetch_data("data:,late", 3_600_000))
        .collect();
    assert!(sleeping.next().now_or_never().is_none());
    assert_eq!(in_flight(), 10_000);
    // The one thread is free for others.
    let others = (0..100).map(|_| fetch_data("data:,meanwhile", 1));
    let others = block_on(join_all(others));
    assert!(others.iter().all(|one| one.as_deref() == Ok("meanwhile")));
    drop(sleeping);
    until(0);
}
