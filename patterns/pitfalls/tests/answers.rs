//! Who awaits gets an answer, or learns that there is none.

use futures::channel::oneshot::Canceled;
use pitfalls::{called_twice, dropped_sender, leaked};

#[test]
fn a_callback_that_always_sends_tells_what_was_wrong() {
    let error = dropped_sender::good().unwrap().unwrap_err();
    assert_eq!(error.valid_up_to(), "Zo".len());
}

#[test]
fn a_callback_that_borrows_its_context_may_be_called_twice() {
    assert_eq!(called_twice::good(), [50, 100]);
}

#[test]
fn a_context_that_is_taken_back_ends_the_wait() {
    assert_eq!(leaked::good(), Ok(Err(Canceled)));
}
