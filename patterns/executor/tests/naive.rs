//! What a handle of our own is for.

use futures::channel::oneshot;
use futures::executor::block_on;
use std::sync::Arc;
use tokio::runtime::{Builder, Runtime};

/// Wrong: a handle that is dropped like any other value.
struct NaiveHandle(Runtime);

#[test]
fn a_plain_runtime_that_is_dropped_in_async_code_panics() {
    let (gate, opened) = oneshot::channel();
    let runtime = Builder::new_multi_thread().build().unwrap();
    let handle = Arc::new(NaiveHandle(runtime));
    let last = Arc::clone(&handle);
    let task = handle.0.spawn(async move {
        opened.await.unwrap();
        drop(last);
    });
    drop(handle);
    gate.send(()).unwrap();
    let panic = block_on(task).unwrap_err().into_panic();
    let words = panic.downcast_ref::<&str>().unwrap();
    assert!(words.starts_with("Cannot drop a runtime in a context where blocking is not allowed"));
}
