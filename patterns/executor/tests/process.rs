//! The end of the process, and one that was forked. The runtime is in a global, which goes at exit.

#[path = "support/child.rs"]
mod child;
#[path = "support/fork.rs"]
mod fork;

use child::{Ended, in_child};
use executor::{
    EventLoop, RuntimeHandle, TaskError, create_runtime, outcome, poll_task, register_callback,
    shutdown, spawn_task, start_event_loop, wait_task, when_ended,
};
use fork::fork;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::{Mutex, OnceLock, mpsc};
use std::thread;

/// What C++ would have in globals.
struct Globals(
    Option<Box<RuntimeHandle>>,
    Option<cxx::UniquePtr<EventLoop>>,
);

// SAFETY: any thread may destroy both.
unsafe impl Send for Globals {}

static GLOBALS: Mutex<Globals> = Mutex::new(Globals(None, None));

extern "C" fn destroy_globals() {
    let mut globals = GLOBALS.lock().unwrap();
    let taken = (globals.0.take(), globals.1.take());
    drop(globals);
    drop(taken);
}

fn at_exit(runtime: Box<RuntimeHandle>, events: cxx::UniquePtr<EventLoop>) {
    // SAFETY: it may be called by any thread, and does not unwind.
    assert_eq!(unsafe { libc::atexit(destroy_globals) }, 0);
    *GLOBALS.lock().unwrap() = Globals(Some(runtime), Some(events));
}

fn child(work: impl FnOnce()) -> Ended {
    // LeakSanitizer looks through the stacks of all threads. A forked child has only one of them.
    in_child(&[("ASAN_OPTIONS", "detect_leaks=0")], work)
}

#[test]
fn a_forked_child_may_exit_whatever_is_in_globals() {
    let ended = child(|| {
        let (runtime, events) = (create_runtime(1).unwrap(), start_event_loop().unwrap());
        let task = spawn_task(&runtime, "file:///dev/null").unwrap();
        assert_eq!(outcome(&runtime, task), "");
        at_exit(runtime, events);
        for _ in 0..20 {
            assert_eq!(fork(|| 4).code(), Some(4));
        }
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_forked_child_is_refused_and_may_have_a_runtime_of_its_own() {
    let ended = child(|| {
        let runtime = create_runtime(2).unwrap();
        let task = spawn_task(&runtime, "file:///dev/null").unwrap();
        let child = fork(|| {
            let words = "the runtime belongs to the process that forked this one";
            let refused = spawn_task(&runtime, "file:///dev/null").map(|_| vec![]);
            for refused in [refused, wait_task(&runtime, task)] {
                assert_eq!(refused.unwrap_err().to_string(), words);
            }
            assert_eq!(poll_task(&runtime, task).unwrap_err().to_string(), words);
            let callback = cxx::UniquePtr::null();
            assert!(register_callback(&runtime, task, callback).is_err());
            shutdown(&runtime);
            let own = create_runtime(1).unwrap();
            let task = spawn_task(&own, "file:///dev/null").unwrap();
            assert_eq!(outcome(&own, task), "");
            5
        });
        assert_eq!(child.code(), Some(5));
        assert_eq!(outcome(&runtime, task), "");
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_callback_may_exit() {
    fn call(_: &RuntimeHandle, _: u64) {
        exit(3);
    }

    let ended = child(|| {
        let (runtime, events) = (create_runtime(1).unwrap(), start_event_loop().unwrap());
        let task = spawn_task(&runtime, "file:///dev/null").unwrap();
        // The event loop is a global, which goes on its own thread.
        let other = create_runtime(1).unwrap();
        at_exit(other, start_event_loop().unwrap());
        when_ended(&events, runtime, &[task], call).unwrap();
        GLOBALS.lock().unwrap().1 = Some(events);
        loop {
            thread::park();
        }
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}

#[test]
fn a_callback_may_destroy_its_event_loop() {
    static DESTROYED: AtomicBool = AtomicBool::new(false);
    fn call(_: &RuntimeHandle, _: u64) {
        let events = loop {
            match GLOBALS.lock().unwrap().1.take() {
                Some(events) => break events,
                None => thread::yield_now(),
            }
        };
        drop(events);
        DESTROYED.store(true, SeqCst);
    }

    let ended = child(|| {
        let (runtime, events) = (create_runtime(1).unwrap(), start_event_loop().unwrap());
        let task = spawn_task(&runtime, "file:///dev/null").unwrap();
        when_ended(&events, runtime, &[task], call).unwrap();
        GLOBALS.lock().unwrap().1 = Some(events);
        while !DESTROYED.load(SeqCst) {
            thread::yield_now();
        }
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_task_that_never_ends_does_not_keep_exit() {
    let ended = child(|| {
        let (runtime, events) = (create_runtime(1).unwrap(), start_event_loop().unwrap());
        let (running, runs) = mpsc::channel();
        let task = runtime.spawn(async move {
            running.send(()).unwrap();
            loop {
                thread::park();
            }
        });
        task.unwrap();
        runs.recv().unwrap();
        at_exit(runtime, events);
        exit(3);
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}

#[test]
fn a_task_may_exit_where_the_runtime_is_shut_down_at_exit() {
    static RUNTIME: OnceLock<Box<RuntimeHandle>> = OnceLock::new();
    // As the destructor of a global does, here on the one thread of the runtime, which exits.
    extern "C" fn shut_down() {
        let runtime = RUNTIME.get().unwrap();
        let task = spawn_task(runtime, "file:///dev/null").unwrap();
        assert_eq!(wait_task(runtime, task), Err(TaskError::WouldBlock));
        shutdown(runtime);
    }

    let ended = child(|| {
        let runtime = RUNTIME.get_or_init(|| create_runtime(2).unwrap());
        // SAFETY: it may be called by any thread, and does not unwind.
        assert_eq!(unsafe { libc::atexit(shut_down) }, 0);
        runtime.spawn(async { exit(3) }).unwrap();
        loop {
            thread::park();
        }
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}
