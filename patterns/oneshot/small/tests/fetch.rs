//! The small program, whose own functions these tests call.

include!("../src/main.rs");

use std::sync::atomic::{AtomicUsize, Ordering};

#[test]
fn bytes_and_words_both_arrive() {
    let data = block_on(fetch_data("https://example.com")).unwrap();
    assert_eq!(data, b"the bytes of https://example.com");
    let error = block_on(fetch_data("gopher://example.com")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "not an https:// URL: gopher://example.com"
    );
}

#[test]
fn dropping_the_future_waits_for_cpp_whose_answer_is_dropped() {
    static ANSWERED: AtomicUsize = AtomicUsize::new(0);
    fn late(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
        handle_fetch_result(context, ok, data, error);
        ANSWERED.fetch_add(1, Ordering::Relaxed);
    }

    let (sender, receiver) = oneshot::channel();
    let context = Box::new(AsyncContext(sender));
    let thread = ffi::fetch_data("https://example.com", late, context).unwrap();
    drop(receiver);
    drop(thread);
    assert_eq!(ANSWERED.load(Ordering::Relaxed), 1);
}
