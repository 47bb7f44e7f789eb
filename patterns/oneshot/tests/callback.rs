//! When the callback runs, and what happens when it does not do its work.

mod deadline;

use deadline::answer_of;
use futures::FutureExt;
use oneshot::{AsyncContext, FetchError, fetch_data, fetch_with};
use std::sync::Mutex;
use std::thread::{self, ThreadId};

#[test]
fn the_callback_may_run_before_the_call_returns() {
    static RAN_ON: Mutex<Option<ThreadId>> = Mutex::new(None);
    fn on_this_thread(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
        *RAN_ON.lock().unwrap() = Some(thread::current().id());
        oneshot::handle_fetch_result(context, ok, data, error);
    }

    assert_eq!(
        fetch_data("data:,at once").now_or_never(),
        Some(Ok(b"at once".to_vec()))
    );
    assert_eq!(
        fetch_with("data:,here", on_this_thread).now_or_never(),
        Some(Ok(b"here".to_vec()))
    );
    assert_eq!(*RAN_ON.lock().unwrap(), Some(thread::current().id()));
}

#[test]
fn a_context_dropped_without_an_answer_is_an_err() {
    fn forget(context: Box<AsyncContext>, _ok: bool, _data: &[u8], _error: String) {
        drop(context);
    }

    for url in ["data:,here", "file:///dev/null"] {
        let error = answer_of(fetch_with(url, forget)).unwrap_err();
        assert_eq!(error, FetchError::Abandoned);
        assert_eq!(error.to_string(), "C++ dropped the fetch without an answer");
    }
}

#[test]
fn a_panic_in_the_callback_is_an_err() {
    fn parse(context: Box<AsyncContext>, _ok: bool, data: &[u8], _error: String) {
        context.answer(|| Ok(vec![data[1_000_000]]));
    }

    for url in ["data:,here", "file:///dev/null"] {
        let error = answer_of(fetch_with(url, parse)).unwrap_err();
        assert_eq!(error, FetchError::Panicked);
        assert_eq!(error.to_string(), "the callback panicked");
    }
    // The worker that ran into it goes on working.
    assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
}
