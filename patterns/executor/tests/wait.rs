//! Waiting where that would hold up the runtime itself.

#[path = "support/server.rs"]
mod server;

use executor::{create_runtime, outcome, spawn_task};
use server::Server;
use std::sync::Arc;
use tokio::runtime::Builder;

#[test]
fn waiting_on_a_thread_of_the_runtime_is_an_error() {
    let server = Server::new();
    let runtime = Arc::new(*create_runtime(2).unwrap());
    let silent = spawn_task(&runtime, &server.url).unwrap();
    let client = server.accept();

    let same = Arc::clone(&runtime);
    // C++ that waits, called by a task.
    let waits = runtime.spawn(async move { Ok(outcome(&same, silent).into_bytes()) });
    assert_eq!(
        outcome(&runtime, waits.unwrap()),
        "error: waiting here would block a thread of a runtime"
    );
    // The result is still there to be taken.
    client.answer(b"Ada joined");
    assert_eq!(outcome(&runtime, silent), "Ada joined");
}

#[test]
fn waiting_on_a_thread_of_another_runtime_is_an_error_as_well() {
    let (server, runtime) = (Server::new(), create_runtime(1).unwrap());
    let silent = spawn_task(&runtime, &server.url).unwrap();
    let client = server.accept();

    let other = Builder::new_current_thread().build().unwrap();
    assert_eq!(
        other.block_on(async { outcome(&runtime, silent) }),
        "error: waiting here would block a thread of a runtime"
    );
    client.answer(b"Ada joined");
    assert_eq!(outcome(&runtime, silent), "Ada joined");
}
