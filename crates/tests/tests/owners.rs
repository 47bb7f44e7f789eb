use cxx_await_tests::owners::NEVER;
use cxx_await_tests::owners::ffi::{self, Cloning, Waking};
use futures::executor::block_on;
use futures::future::{Either, select};
use futures::{FutureExt, StreamExt, poll};
use std::pin::{Pin, pin};
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

// They count frames and stops: one at a time.
static ONE: Mutex<()> = Mutex::new(());

/// When it is dropped, no coroutine is left.
struct Alone {
    _lock: MutexGuard<'static, ()>,
}

fn alone() -> Alone {
    Alone {
        _lock: ONE
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner),
    }
}

impl Drop for Alone {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            until(|| ffi::frames() == 0 && NEVER.load(SeqCst) == 0);
        }
    }
}

fn until(what: impl Fn() -> bool) {
    let start = Instant::now();
    while !what() {
        assert!(start.elapsed() < Duration::from_secs(20), "not in time");
        std::thread::yield_now();
    }
}

fn poll_once<F: Future>(future: Pin<&mut F>) {
    block_on(async { assert!(poll!(future).is_pending()) });
}

#[test]
fn a_future_that_is_dropped_before_it_begins_is_gone() {
    let _alone = alone();
    drop(ffi::hop(1));
    drop(ffi::forever());
}

#[test]
fn a_coroutine_that_runs_elsewhere_is_asked_to_stop() {
    let _alone = alone();
    let before = ffi::stops();
    for _ in 0..20 {
        let mut forever = Box::pin(ffi::forever());
        poll_once(forever.as_mut());
        drop(forever);
    }
    until(|| ffi::stops() == before + 20);
}

#[test]
fn a_stop_callback_may_resume_the_coroutine_in_the_drop() {
    let _alone = alone();
    let before = ffi::stops();
    let mut waits = Box::pin(ffi::until_stopped());
    poll_once(waits.as_mut());
    drop(waits);
    assert_eq!((ffi::stops(), ffi::frames()), (before + 1, 0));
}

#[test]
fn a_coroutine_that_waits_for_rust_is_destroyed_in_the_drop() {
    let _alone = alone();
    let mut never = Box::pin(ffi::through("never too"));
    while NEVER.load(SeqCst) == 0 {
        assert!(never.as_mut().now_or_never().is_none());
    }
    drop(never);
    assert_eq!((ffi::frames(), NEVER.load(SeqCst)), (0, 0));
}

#[test]
fn the_loser_of_a_select_is_stopped() {
    let _alone = alone();
    let before = ffi::stops();
    block_on(async {
        let forever = pin!(ffi::forever());
        let hop = pin!(ffi::hop(1));
        assert!(matches!(select(forever, hop).await, Either::Right(_)));
    });
    until(|| ffi::stops() == before + 1);
}

#[test]
fn a_changed_waker_is_woken() {
    let _alone = alone();
    for _ in 0..1000 {
        let mut hop = Box::pin(ffi::hop(7));
        // By a waker that nobody hears, then by an executor.
        if hop.as_mut().now_or_never().is_none() {
            assert_eq!(block_on(hop).unwrap(), 7);
        }
    }
}

#[test]
fn tokio_moves_futures_between_threads() {
    let _alone = alone();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let tasks: Vec<_> = (0..500)
            .map(|i| {
                tokio::spawn(async move {
                    (
                        ffi::hop(i).await.unwrap(),
                        ffi::through(&i.to_string()).await.unwrap(),
                    )
                })
            })
            .collect();
        for (i, task) in (0..).zip(tasks) {
            assert_eq!(task.await.unwrap(), (i, format!("value of {i}")));
        }
        let before = ffi::stops();
        assert!(
            tokio::time::timeout(Duration::from_millis(5), ffi::forever())
                .await
                .is_err()
        );
        until(|| ffi::stops() == before + 1);
    });
}

#[test]
fn a_runtime_is_shut_down_with_coroutines_in_flight() {
    let _alone = alone();
    let before = ffi::stops();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    for _ in 0..100 {
        runtime.spawn(ffi::forever());
        runtime.spawn(ffi::through("never"));
        runtime.spawn(ffi::until_stopped());
    }
    runtime.block_on(ffi::hop(1)).unwrap();
    drop(runtime);
    until(|| ffi::frames() == 0);
    assert!(ffi::stops() > before);
}

#[test]
fn eleven_ways_to_wake_with_either_owner() {
    let _alone = alone();
    for (cloning, waking) in [
        (Cloning::None, Waking::ByRefSameThread),
        (Cloning::None, Waking::ByRefBackgroundThread),
        (Cloning::SameThread, Waking::ByRefSameThread),
        (Cloning::SameThread, Waking::ByRefBackgroundThread),
        (Cloning::BackgroundThread, Waking::ByRefSameThread),
        (Cloning::BackgroundThread, Waking::ByRefBackgroundThread),
        (Cloning::SameThread, Waking::SameThread),
        (Cloning::SameThread, Waking::BackgroundThread),
        (Cloning::BackgroundThread, Waking::SameThread),
        (Cloning::BackgroundThread, Waking::BackgroundThread),
        (Cloning::WakeByRefThenSameThread, Waking::SameThread),
    ] {
        ffi::sync_wait_waking(cloning, waking);
        block_on(ffi::waking_in_cpp(cloning, waking));
    }
}

#[test]
fn cpp_waits_on_its_own_thread() {
    let _alone = alone();
    assert_eq!(ffi::sync_wait("a").unwrap(), "value of a");
    assert_eq!(ffi::sync_wait("").unwrap_err().what(), "no key");
    assert_eq!(
        ffi::sync_wait("panic").unwrap_err().what(),
        "Rust panicked: at the disco"
    );
    assert_eq!(ffi::sync_wait_future(3), 3);
}

#[test]
fn cpp_drops_a_rust_future() {
    let _alone = alone();
    ffi::poll_once_and_drop("never");
    assert_eq!(NEVER.load(SeqCst), 0);
    // Rust keeps the waker, and wakes when its owner is gone.
    for _ in 0..100 {
        ffi::poll_once_and_drop("late");
    }
}

#[test]
fn an_executor_of_cpp_runs_a_task() {
    let _alone = alone();
    for _ in 0..200 {
        assert_eq!(ffi::on_pool("p").unwrap(), "value of p");
    }
    assert_eq!(ffi::on_pool("").unwrap_err().what(), "no key");
    assert_eq!(ffi::inline_executor("q").unwrap(), "value of q");
}

#[test]
fn a_task_ends_with_its_handle_or_its_executor() {
    let _alone = alone();
    for key in ["never", "never too", "x"] {
        ffi::on_pool_and_drop(key);
        ffi::on_pool_that_stops(key);
    }
}

#[test]
fn a_foreign_coroutine_awaits_rust() {
    let _alone = alone();
    for _ in 0..100 {
        assert_eq!(ffi::foreign_coroutine("f").unwrap(), "value of f1");
    }
    assert_eq!(ffi::foreign_coroutine("").unwrap_err().what(), "no key");
    ffi::foreign_coroutine_is_dropped();
}

#[test]
fn asio_both_ways() {
    let _alone = alone();
    block_on(async {
        assert_eq!(ffi::asio_add(2, 3).await.unwrap(), 5);
        assert_eq!(ffi::asio_add(-2, 3).await.unwrap_err().what(), "below zero");
    });
    assert_eq!(ffi::asio_awaits_rust("a").unwrap(), "value of value of a1");
    assert_eq!(ffi::asio_awaits_rust("").unwrap_err().what(), "no key");
    let before = ffi::stops();
    let mut hour = Box::pin(ffi::asio_hour());
    poll_once(hour.as_mut());
    drop(hour);
    until(|| ffi::stops() == before + 1);
}

#[test]
fn cpp_takes_the_first_of_two_and_drops_the_other() {
    let _alone = alone();
    block_on(async {
        assert_eq!(ffi::first_of("never", "b").await.unwrap(), "1 value of b");
        assert_eq!(ffi::first_of("a", "never").await.unwrap(), "0 value of a");
        assert_eq!(
            ffi::first_of("never", "").await.unwrap_err().what(),
            "no key"
        );
    });
    let mut pending = Box::pin(ffi::first_of("never", "never"));
    poll_once(pending.as_mut());
}

#[test]
fn cpp_takes_all_of_several() {
    let _alone = alone();
    block_on(async {
        assert_eq!(
            ffi::both_of("a", "b").await.unwrap(),
            "value of a value of b"
        );
        assert_eq!(ffi::both_of("", "b").await.unwrap_err().what(), "no key");
    });
}

#[test]
fn cpp_limits_the_time_of_a_task() {
    let _alone = alone();
    block_on(async {
        assert_eq!(ffi::in_time("never", 2).await.unwrap(), "too late");
        assert_eq!(ffi::in_time("a", 10_000).await.unwrap(), "value of a");
    });
}

#[test]
fn a_million_steps_do_not_grow_the_stack() {
    let _alone = alone();
    let small = std::thread::Builder::new().stack_size(128 * 1024);
    let thread = small.spawn(|| {
        const STEPS: u64 = 1_000_000;
        block_on(async {
            assert_eq!(ffi::deep(STEPS).await, STEPS);
            assert_eq!(ffi::deep_rust(STEPS).await, STEPS);
            assert_eq!(ffi::deep_generator(STEPS).await, STEPS);
            assert_eq!(ffi::deep_stream(STEPS).count().await as u64, STEPS);
            assert_eq!(ffi::deep_hops(100_000).await, 100_000);
        });
    });
    thread.unwrap().join().unwrap();
}

#[test]
fn a_coroutine_is_one_allocation() {
    let _alone = alone();
    block_on(ffi::hop(1)).unwrap();
    let before = ffi::cpp_allocations();
    for _ in 0..1000 {
        block_on(ffi::hop(1)).unwrap();
    }
    // The worker's queue has a block now and then.
    let made = ffi::cpp_allocations() - before;
    assert!((1000..1050).contains(&made), "{made}");
}

#[test]
fn random_drops_and_ends_race() {
    let _alone = alone();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for i in 0..100_000 {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut hop = Box::pin(ffi::hop(i));
        if hop.as_mut().now_or_never().is_some() {
            continue;
        }
        for _ in 0..random % 256 {
            std::hint::spin_loop();
        }
        match random >> 62 {
            0 => drop(hop),
            1 => {
                let _ = hop.as_mut().now_or_never();
            }
            2 => {
                let _ = hop.as_mut().now_or_never();
                std::thread::yield_now();
            }
            _ => assert_eq!(block_on(hop).unwrap(), i),
        }
    }
}
