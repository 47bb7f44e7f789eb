//! What is left of a fetch when it has ended.

#[path = "support/pipe.rs"]
mod pipe;

use best_practices::bridge::Failure;
use best_practices::{AsyncContext, fetch_data, fetch_data_with, pending_fetches};
use futures::FutureExt;
use futures::executor::block_on;
use pipe::Pipe;

#[test]
fn no_way_to_end_leaves_a_context_behind() {
    fn forget(context: Box<AsyncContext>, _success: bool, _data: &[u8], _error: Failure) {
        drop(context);
    }

    assert!(block_on(fetch_data("/dev/null")).is_ok());
    assert_eq!(pending_fetches(), 0, "after an answer");
    assert!(block_on(fetch_data("/no/such/file")).is_err());
    assert_eq!(pending_fetches(), 0, "after a failure");
    assert!(block_on(fetch_data("not/absolute")).is_err());
    assert_eq!(pending_fetches(), 0, "after an exception in the call");
    assert!(block_on(fetch_data_with("/dev/null", forget)).is_err());
    assert_eq!(pending_fetches(), 0, "after no answer");

    let pipe = Pipe::new();
    let path = pipe.path();
    let mut fetch = Box::pin(fetch_data(&path));
    assert_eq!((&mut fetch).now_or_never(), None);
    assert_eq!(pending_fetches(), 1, "while C++ waits");
    drop(fetch);
    assert_eq!(pending_fetches(), 0, "after the future was dropped");
}
