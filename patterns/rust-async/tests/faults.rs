//! Calls that fail: no thread, no descriptor, no memory.

#[path = "support/child.rs"]
mod child;
#[path = "support/descriptors.rs"]
mod descriptors;

use child::{each_fault, in_child};
use descriptors::leave_descriptors;
use futures::executor::block_on;
use rust_async::{Timer, fetch_data, fetch_within};
use std::net::TcpListener;
use std::time::Duration;

/// Each is right, or an `Err`.
fn timers() {
    for _ in 0..3 {
        let _ = block_on(Timer::after(Duration::from_millis(1)));
    }
}

/// Two fetches of a server that does not answer.
fn fetch() {
    let origin = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", origin.local_addr().unwrap());
    for _ in 0..2 {
        block_on(fetch_within(&url, Duration::from_millis(20))).unwrap_err();
    }
}

#[test]
fn a_timer_that_finds_no_thread_is_an_err() {
    each_fault("pthread_create", timers);
}

#[test]
fn a_timer_that_finds_no_memory_is_an_err_or_the_end() {
    each_fault("malloc", timers);
}

#[test]
fn a_fetch_that_finds_no_thread_is_an_err() {
    each_fault("pthread_create", fetch);
}

#[test]
fn a_fetch_by_name_that_finds_no_thread_is_an_err() {
    each_fault("pthread_create", || {
        for _ in 0..2 {
            block_on(fetch_data("http://localhost:1/")).unwrap_err();
        }
    });
}

#[test]
fn a_fetch_that_finds_no_descriptor_is_an_err() {
    // The server has one, and a fetch takes five: epoll's, two that wake it, and a socket.
    for left in ["1", "2", "3", "4", "5", "6"] {
        let child = in_child(&[("LEFT", left)], || {
            let left = std::env::var("LEFT").unwrap().parse().unwrap();
            let _taken = leave_descriptors(left);
            fetch();
        });
        assert!(child.status.success(), "{left} left: {child:?}");
    }
}
