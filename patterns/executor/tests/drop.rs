//! The end of a runtime with its last handle, on whatever thread that is. A second task, which only a
//! shutdown stops, says that the runtime is gone.

#[path = "support/server.rs"]
mod server;

use executor::{RuntimeHandle, create_runtime, outcome, spawn_task, start_event_loop, when_ended};
use futures::channel::oneshot;
use server::Server;
use std::sync::Arc;
use std::sync::mpsc::channel;

fn take(runtime: &RuntimeHandle, task: u64) {
    outcome(runtime, task);
}

#[test]
fn the_last_handle_can_go_in_a_callback() {
    let (server, events) = (Server::new(), start_event_loop().unwrap());
    let runtime = create_runtime(2).unwrap();
    let task = spawn_task(&runtime, &server.url).unwrap();
    let client = server.accept();
    spawn_task(&runtime, &server.url).unwrap();
    let mut bystander = server.accept();
    when_ended(&events, runtime, &[task], take).unwrap();
    client.answer(b"Ada joined");
    bystander.wait_until_gone();
}

#[test]
fn the_last_handle_can_go_in_async_code() {
    let server = Server::new();
    let runtime = Arc::new(*create_runtime(2).unwrap());
    spawn_task(&runtime, &server.url).unwrap();
    let mut bystander = server.accept();
    let (gate, opened) = oneshot::channel();
    let (survived, says) = channel();
    let last = Arc::clone(&runtime);
    let task = async move {
        opened.await.unwrap();
        drop(last);
        survived.send(()).unwrap();
        Ok(vec![])
    };
    runtime.spawn(task).unwrap();
    drop(runtime);

    gate.send(()).unwrap();
    bystander.wait_until_gone();
    says.recv().expect("the task panicked");
}
