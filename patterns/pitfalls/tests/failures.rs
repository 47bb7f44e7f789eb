//! Neither side can catch what the other throws.

use pitfalls::{no_result, not_utf8, panics};

#[test]
fn an_exception_is_an_err_of_a_function_that_says_result() {
    assert_eq!(no_result::good().unwrap_err().what(), "stoul");
}

#[test]
fn a_panic_that_is_caught_in_rust_is_an_exception_in_cpp() {
    assert_eq!(panics::good(), "the callback panicked");
}

#[test]
fn words_that_are_not_utf8_arrive_with_a_replacement_character() {
    assert_eq!(not_utf8::good(), "Zo\u{fffd}");
}
