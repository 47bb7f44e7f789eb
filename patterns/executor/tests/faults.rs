//! Calls that fail: no thread, no descriptor, no memory.

#[path = "support/child.rs"]
mod child;

use child::each_fault;
use executor::{create_runtime, outcome, spawn_task, start_event_loop};

/// A runtime, a task and an event loop. Each is right, or an error.
fn everything() {
    let events = start_event_loop();
    if let Ok(runtime) = create_runtime(2) {
        for _ in 0..2 {
            let task = spawn_task(&runtime, "file:///dev/null").unwrap();
            let said = outcome(&runtime, task);
            assert!(said.is_empty() || said.starts_with("error: "), "{said}");
        }
    }
    drop(events);
}

#[test]
fn what_finds_no_thread_or_descriptor_is_an_error() {
    for function in ["pthread_create", "epoll_create1", "eventfd"] {
        each_fault(function, everything);
    }
}

#[test]
fn what_finds_no_memory_is_an_error_or_the_end_of_the_process() {
    each_fault("malloc", || {
        if let Ok(runtime) = create_runtime(1) {
            let task = spawn_task(&runtime, "file:///dev/null").unwrap();
            outcome(&runtime, task);
        }
    });
}
