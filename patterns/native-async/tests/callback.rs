use futures::FutureExt;
use futures::channel::oneshot::Canceled;
use native_async::callback::fetch_data;

#[test]
fn an_answer_that_comes_at_once_is_awaited() {
    let polled_once = fetch_data("data:,awaited").now_or_never();
    assert_eq!(polled_once, Some(Ok(b"awaited".to_vec())));
    assert_eq!(fetch_data("data:,").now_or_never(), Some(Ok(vec![])));
}

#[test]
fn a_context_dropped_without_an_answer_is_an_err() {
    let polled_once = fetch_data("gopher://example.com").now_or_never();
    assert_eq!(polled_once, Some(Err(Canceled)));
}
