//! A callback that fires when its event loop is gone. Alone in its file: it counts the threads of the process.

#[path = "support/server.rs"]
mod server;

use executor::{RuntimeHandle, create_runtime, spawn_task, start_event_loop, when_ended};
use server::Server;
use std::fs::read_dir;
use std::thread;
use std::time::{Duration, Instant};

fn threads() -> usize {
    read_dir("/proc/self/task").unwrap().count()
}

#[test]
fn the_last_handle_can_go_with_a_callback_that_no_event_loop_calls() {
    fn never(_: &RuntimeHandle, _: u64) {
        std::process::abort();
    }

    let before = threads();
    let (server, events) = (Server::new(), start_event_loop().unwrap());
    let runtime = create_runtime(2).unwrap();
    let task = spawn_task(&runtime, &server.url).unwrap();
    let client = server.accept();
    spawn_task(&runtime, &server.url).unwrap();
    let mut bystander = server.accept();
    when_ended(&events, runtime, &[task], never).unwrap();
    drop(events);
    // Now it is a thread of the runtime that destroys the callback, and the runtime with it.
    client.answer(b"Ada joined");
    bystander.wait_until_gone();
    // A panic in that destructor would end the process before its threads end.
    let limit = Instant::now() + Duration::from_secs(20);
    while threads() != before {
        assert!(Instant::now() < limit, "the runtime goes on");
        thread::yield_now();
    }
}
