//! A process that was forked: it has the clock's memory, and not its thread.

#[path = "support/child.rs"]
mod child;
#[path = "support/fork.rs"]
mod fork;

use child::in_child;
use fork::fork;
use futures::FutureExt;
use futures::executor::block_on;
use rust_async::{Timer, shutdown_timers, waiting_timers};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::time::Duration;

/// Does `work` in a process whose only other thread is the clock's.
fn ends_well(work: impl FnOnce()) {
    // LeakSanitizer looks through the stacks of all threads. A forked child has only one of them.
    let child = in_child(&[("ASAN_OPTIONS", "detect_leaks=0")], work);
    assert!(child.status.success(), "{child:?}");
}

fn short() -> Timer {
    Timer::after(Duration::from_millis(1))
}

#[test]
fn a_forked_child_may_exit_and_drop_what_it_has() {
    ends_well(|| {
        block_on(short()).unwrap();
        let mut waits = Timer::after(Duration::from_secs(3600));
        assert!((&mut waits).now_or_never().is_none());
        for _ in 0..20 {
            assert_eq!(fork(|| 4).code(), Some(4));
        }
        let child = fork(|| {
            drop(waits);
            shutdown_timers();
            i32::try_from(waiting_timers()).unwrap() + 5
        });
        assert_eq!(child.code(), Some(5));
        block_on(short()).expect("the parent's clock goes on");
    });
}

#[test]
fn a_timer_in_a_forked_child_is_an_err() {
    ends_well(|| {
        block_on(short()).unwrap();
        let child = fork(|| {
            let error = block_on(short()).unwrap_err().to_string();
            assert_eq!(
                error,
                "the clock belongs to the process that forked this one"
            );
            6
        });
        assert_eq!(child.code(), Some(6));
        block_on(short()).expect("the parent's clock goes on");
    });
}

#[test]
fn a_child_that_was_forked_before_the_first_timer_has_its_own() {
    ends_well(|| {
        let child = fork(|| {
            block_on(short()).unwrap();
            7
        });
        assert_eq!(child.code(), Some(7));
        block_on(short()).unwrap();
    });
}

#[test]
fn a_forked_child_may_become_another_program() {
    ends_well(|| {
        block_on(short()).unwrap();
        let mut program = Command::new("true");
        // SAFETY: it does nothing; with it the child is forked, where it would be spawned.
        unsafe { program.pre_exec(|| Ok(())) };
        let status = program.status().unwrap();
        assert!(status.success());
        block_on(short()).unwrap();
    });
}
