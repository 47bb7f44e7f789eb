//! The small program, whose own functions these tests call.

include!("../src/main.rs");

use futures::FutureExt;

#[test]
fn bytes_and_the_message_of_an_exception_both_arrive() {
    let data = block_on(fetch_data("https://example.com")).unwrap();
    assert_eq!(data, b"the bytes of https://example.com");
    let error = block_on(fetch_data("gopher://example.com")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "not an https:// URL: gopher://example.com"
    );
}

#[test]
fn dropping_the_future_waits_for_the_coroutine() {
    let (sender, mut receiver) = oneshot::channel();
    let done = Box::new(Completion(sender));
    let thread = ffi::fetch_data_async_coro("https://example.com", done).unwrap();
    drop(thread);
    let answer = receiver.try_recv().unwrap().unwrap();
    assert_eq!(answer.unwrap(), b"the bytes of https://example.com");

    let mut fetch = Box::pin(fetch_data("https://example.com"));
    assert!(fetch.as_mut().now_or_never().is_none());
    drop(fetch); // nobody takes the answer
}
