//! What becomes of a task that nobody wants any more, and of its place.

#[path = "support/server.rs"]
mod server;

use executor::{
    TaskError, cancel_task, create_runtime, forget_task, outcome, poll_task, spawn_task, wait_task,
};
use server::Server;
use std::thread;

#[test]
fn a_cancelled_task_stops_and_says_so() {
    let (server, runtime) = (Server::new(), create_runtime(1).unwrap());
    let task = spawn_task(&runtime, &server.url).unwrap();
    let mut client = server.accept();
    cancel_task(&runtime, task).unwrap();
    client.wait_until_gone();
    assert_eq!(outcome(&runtime, task), "error: the task was cancelled");
}

#[test]
fn cancelling_a_task_that_has_ended_changes_nothing() {
    let runtime = create_runtime(1).unwrap();
    let task = runtime.spawn(async { Ok(b"Ada joined".to_vec()) }).unwrap();
    while poll_task(&runtime, task) == Ok(false) {
        thread::yield_now();
    }
    cancel_task(&runtime, task).unwrap();
    assert_eq!(outcome(&runtime, task), "Ada joined");
    assert_eq!(cancel_task(&runtime, task), Err(TaskError::Unknown(task)));
}

#[test]
fn a_full_runtime_refuses_tasks_until_a_result_is_taken() {
    let (server, runtime) = (Server::new(), create_runtime(2).unwrap());
    let running = spawn_task(&runtime, &server.url).unwrap();
    let client = server.accept();
    let ended = runtime.spawn(async { Ok(vec![]) }).unwrap();
    while poll_task(&runtime, ended) == Ok(false) {
        thread::yield_now();
    }
    // One that runs and one that nobody has taken: both count.
    let refused = spawn_task(&runtime, &server.url).unwrap_err();
    assert_eq!(refused, TaskError::Full(2));
    assert_eq!(
        refused.to_string(),
        "2 tasks run, or have results to be taken"
    );

    assert_eq!(wait_task(&runtime, ended), Ok(vec![]));
    let next = spawn_task(&runtime, "file:///dev/null").unwrap();
    assert_eq!(outcome(&runtime, next), "");
    client.answer(b"Ada joined");
    assert_eq!(outcome(&runtime, running), "Ada joined");
}

#[test]
fn a_forgotten_task_stops_and_leaves_its_place() {
    let (server, runtime) = (Server::new(), create_runtime(1).unwrap());
    let task = spawn_task(&runtime, &server.url).unwrap();
    let mut client = server.accept();
    forget_task(&runtime, task).unwrap();
    client.wait_until_gone();
    assert_eq!(forget_task(&runtime, task), Err(TaskError::Unknown(task)));

    let next = spawn_task(&runtime, "file:///dev/null").unwrap();
    assert_eq!(outcome(&runtime, next), "");
}
