//! Calls that fail.

#[path = "support/child.rs"]
mod child;

use child::each_fault;
use event_loop::{create_loop, sleep};

/// A loop whose one task waits for a timer, or no loop.
fn sleep_on_a_loop() {
    let Ok(host) = create_loop() else { return };
    let handle = host.tasks().handle();
    host.tasks().spawn(async move {
        sleep(handle.clone(), 1).await;
        handle.stop();
    });
    host.run().unwrap();
}

#[test]
fn a_loop_that_finds_no_descriptor_is_an_err() {
    for function in ["epoll_create1", "eventfd"] {
        each_fault(function, || {
            sleep_on_a_loop();
            sleep_on_a_loop();
        });
    }
}
