#[path = "support/alone.rs"]
mod alone;

use alone::{alone, until};
use futures::FutureExt;
use futures::executor::block_on;
use native_async::fetch::ffi::{fetch_both, fetch_data, in_flight};
use native_async::ffi::greeting;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};
use std::time::{Duration, Instant};

const HOUR: u32 = 3_600_000;

#[test]
fn a_future_that_is_dropped_before_it_begins_is_gone() {
    let _alone = alone();
    drop(fetch_data("data:,never", HOUR));
    assert_eq!(in_flight(), 0);
}

#[test]
fn dropping_the_future_stops_a_coroutine_that_sleeps() {
    let _alone = alone();
    let mut fetch = Box::pin(fetch_data("data:,late", HOUR));
    assert!(fetch.as_mut().now_or_never().is_none());
    assert_eq!(in_flight(), 1);
    drop(fetch);
    until(0);
}

#[test]
fn it_stops_what_the_coroutine_awaits_as_well() {
    let _alone = alone();
    let mut both = Box::pin(fetch_both("data:,one", "data:,other"));
    assert!(both.as_mut().now_or_never().is_none());
    drop(both);
    until(0);
}

struct Counted;

impl Wake for Counted {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn a_coroutine_that_awaits_rust_is_destroyed_with_what_it_awaits() {
    // The Rust future holds the waker for as long as it lives.
    let counted = Arc::new(Counted);
    let waker = Waker::from(counted.clone());
    let hello = loop {
        let mut hello = Box::pin(greeting(1));
        let poll = hello.as_mut().poll(&mut Context::from_waker(&waker));
        // On a slow machine the millisecond is over by now.
        if poll.is_pending() {
            break hello;
        }
    };
    drop(waker);
    assert!(Arc::strong_count(&counted) > 1);
    drop(hello);
    // The thread of smol's timers lets go of its own when it next looks.
    let limit = Instant::now() + Duration::from_secs(20);
    while Arc::strong_count(&counted) > 1 {
        assert!(Instant::now() < limit, "the waker is held");
        std::thread::yield_now();
    }
}

#[test]
fn a_drop_that_races_with_the_timer_ends_every_coroutine_once() {
    let _alone = alone();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for turn in 0..20_000_u32 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut fetch = Box::pin(fetch_data("data:,raced", 0));
        if fetch.as_mut().now_or_never().is_some() {
            continue;
        }
        for _ in 0..random % 512 {
            std::hint::spin_loop();
        }
        if turn % 4 == 0 {
            assert_eq!(block_on(fetch).unwrap(), "raced");
        }
    }
    until(0);
}
