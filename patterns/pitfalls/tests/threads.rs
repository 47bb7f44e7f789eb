//! Which thread does what.

use pitfalls::{blocked, nested_block_on, no_runtime, not_send, self_wake};

#[test]
fn tasks_run_while_cpp_blocks_a_thread_that_may_be_blocked() {
    assert_eq!(blocked::good(), 42);
}

#[test]
fn a_context_that_is_send_is_dropped_on_a_thread_of_cpp() {
    assert_eq!(not_send::good(), 0);
}

#[test]
fn a_callback_leaves_the_waiting_to_a_task() {
    assert_eq!(nested_block_on::good(), "user 42");
}

#[test]
fn a_callback_on_a_thread_of_cpp_finds_the_runtime_in_its_context() {
    assert_eq!(no_runtime::good(), Ok("user 42".to_owned()));
}

#[test]
fn a_future_that_wakes_itself_is_polled_thousands_of_times() {
    assert!(self_wake::bad() > 1000);
}

#[test]
fn a_future_that_leaves_its_waker_with_cpp_is_polled_twice() {
    assert_eq!(self_wake::good(), 2);
}
