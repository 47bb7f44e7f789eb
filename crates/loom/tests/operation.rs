//! Every order of what an owner and the thread of a coroutine do.

use cxx_await_loom::frame::Frame;
use loom::thread;

/// With two preemptions, in seconds; `LOOM_MAX_PREEMPTIONS=4`, or more, is the long form.
fn explore(model: impl Fn() + Sync + Send + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = builder.preemption_bound.or(Some(2));
    builder.check(model);
}

/// Polled, and polled again when woken: no wake is lost, and the value is seen.
#[test]
fn no_wake_is_lost() {
    explore(|| {
        let (mut frame, runner) = Frame::start(1);
        let other = thread::spawn(move || runner.run());
        frame.block_on();
        assert_eq!(frame.value(), 1);
        drop(frame);
        other.join().unwrap();
    });
}

/// Parks, is resumed by a poll, which another thread runs again, and parks for good.
#[test]
fn it_parks_twice() {
    explore(|| {
        let (mut frame, runner) = Frame::start(2);
        let other = thread::spawn(move || runner.run());
        frame.block_on();
        assert_eq!(frame.value(), 2);
        drop(frame);
        other.join().unwrap();
    });
}

/// Polled with one waker, then with another: the last is woken, unless the first poll after that sees the end.
#[test]
fn a_changed_waker_is_woken() {
    explore(|| {
        let (mut frame, runner) = Frame::start(1);
        let other = thread::spawn(move || runner.run());
        if !frame.poll_once() {
            frame.change_waker();
            frame.block_on();
        }
        drop(frame);
        other.join().unwrap();
    });
}

/// Polled twice with the same waker, and dropped.
#[test]
fn polled_twice_and_dropped() {
    explore(|| {
        let (mut frame, runner) = Frame::start(1);
        let other = thread::spawn(move || runner.run());
        if !frame.poll_once() {
            frame.poll_once();
        }
        drop(frame);
        other.join().unwrap();
    });
}

/// Polled with two wakers, and dropped.
#[test]
fn polled_with_two_wakers_and_dropped() {
    explore(|| {
        let (mut frame, runner) = Frame::start(1);
        let other = thread::spawn(move || runner.run());
        if !frame.poll_once() {
            frame.change_waker();
            frame.poll_once();
        }
        drop(frame);
        other.join().unwrap();
    });
}

/// Dropped at any moment, without having been polled again.
#[test]
fn dropped() {
    explore(|| {
        let (frame, runner) = Frame::start(1);
        let other = thread::spawn(move || runner.run());
        drop(frame);
        other.join().unwrap();
    });
}

/// Polled once, and dropped: the waker is dropped or woken, once.
#[test]
fn polled_and_dropped() {
    explore(|| {
        let (mut frame, runner) = Frame::start(1);
        let other = thread::spawn(move || runner.run());
        frame.poll_once();
        drop(frame);
        other.join().unwrap();
    });
}

/// Dropped by another thread than the one that polled, as executors do.
#[test]
fn dropped_by_another_thread() {
    explore(|| {
        let (mut frame, runner) = Frame::start(1);
        let other = thread::spawn(move || runner.run());
        frame.poll_once();
        let third = thread::spawn(move || drop(frame));
        other.join().unwrap();
        third.join().unwrap();
    });
}

/// Dropped while it is asked to stop, which makes it park in the drop itself.
#[test]
fn stopping_parks_it_in_the_drop() {
    explore(|| {
        let (mut frame, runner) = Frame::start_stoppable();
        frame.poll_once();
        drop(frame);
        drop(runner);
    });
}
