//! The end of a runtime whose handle is still there.

#[path = "support/server.rs"]
mod server;
#[path = "support/sleeping.rs"]
mod sleeping;

use executor::{TaskError, create_runtime, outcome, poll_task, shutdown, spawn_task};
use server::Server;
use sleeping::{this_thread, wait_until_asleep};
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::channel;
use std::thread;

#[test]
fn a_task_after_shutdown_is_an_error() {
    let runtime = create_runtime(1).unwrap();
    shutdown(&runtime);
    let refused = spawn_task(&runtime, "file:///dev/null").unwrap_err();
    assert_eq!(refused, TaskError::ShutDown);
    assert_eq!(refused.to_string(), "the runtime has been shut down");
    // And so is nothing else.
    shutdown(&runtime);
}

#[test]
fn shutdown_waits_for_what_runs() {
    static RETURNED: AtomicBool = AtomicBool::new(false);
    static ENDED: AtomicBool = AtomicBool::new(false);

    let (running, has_begun) = channel();
    let runtime = create_runtime(1).unwrap();
    let task = runtime.spawn(async move {
        running.send(()).unwrap();
        // As long as a shutdown that does not wait needs to return.
        for _ in 0..10_000 {
            if RETURNED.load(SeqCst) {
                break;
            }
            thread::yield_now();
        }
        ENDED.store(true, SeqCst);
        Ok(b"Ada joined".to_vec())
    });
    has_begun.recv().unwrap();
    shutdown(&runtime);
    let ended = ENDED.load(SeqCst);
    RETURNED.store(true, SeqCst);
    assert!(ended, "the runtime was gone before the task was");
    // It never awaited, so nothing stopped it.
    assert_eq!(outcome(&runtime, task.unwrap()), "Ada joined");
}

#[test]
fn shutdown_leaves_nobody_waiting() {
    let (server, runtime) = (Server::new(), create_runtime(1).unwrap());
    let task = spawn_task(&runtime, &server.url).unwrap();
    let mut client = server.accept();
    let (sender, waiting) = channel();
    let words = thread::scope(|scope| {
        let waiter = scope.spawn(|| {
            sender.send(this_thread()).unwrap();
            outcome(&runtime, task)
        });
        wait_until_asleep(&waiting.recv().unwrap());
        shutdown(&runtime);
        waiter.join().unwrap()
    });
    client.wait_until_gone();
    assert_eq!(words, "error: the task was cancelled");
}

#[test]
fn a_result_from_before_shutdown_can_be_taken_after_it() {
    let (server, runtime) = (Server::new(), create_runtime(1).unwrap());
    let task = spawn_task(&runtime, &server.url).unwrap();
    server.accept().answer(b"Ada joined");
    while poll_task(&runtime, task) == Ok(false) {
        thread::yield_now();
    }
    shutdown(&runtime);
    assert_eq!(outcome(&runtime, task), "Ada joined");
}
