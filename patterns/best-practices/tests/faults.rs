//! Calls that fail or are interrupted.

#[path = "support/child.rs"]
mod child;
#[path = "support/pipe.rs"]
mod pipe;

use best_practices::{fetch_blocks, fetch_data, fetch_with_timeout, handle_block, pending_fetches};
use child::{each_fault, with_faults};
use futures::executor::block_on;
use pipe::Pipe;
use std::time::Duration;

/// Each is right, or an `Err`, or ends with one. No context stays behind.
fn fetches() {
    let whole = include_bytes!("../Cargo.toml");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    assert!(block_on(fetch_data(path)).is_ok_and(|data| data == whole) || failed());
    if let Ok(mut blocks) = fetch_blocks(path, handle_block) {
        let first = block_on(blocks.next());
        assert!(
            first
                .expect("an error is said")
                .is_ok_and(|data| data == whole)
                || failed()
        );
    }
    assert_eq!(pending_fetches(), 0);
}

/// Only a call that fails is a reason.
fn failed() -> bool {
    std::env::var_os("FAULTS").is_some()
}

#[test]
fn what_finds_no_thread_or_descriptor_is_an_err() {
    for function in ["pthread_create", "eventfd", "open"] {
        each_fault(function, fetches);
    }
}

#[test]
fn what_finds_no_memory_is_an_err_or_the_end_of_the_process() {
    each_fault("malloc", fetches);
}

#[test]
fn signals_stop_no_fetch() {
    let child = with_faults("signals:1ms", || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        let mut pipe = Pipe::new();
        let path = pipe.path();
        // Long enough for many signals to find C++ waiting.
        let limit = Duration::from_millis(100);
        let error = runtime.block_on(fetch_with_timeout(&path, limit));
        assert!(error.unwrap_err().message.starts_with("no answer within"));
        pipe.write(b"a block");
        let mut blocks = fetch_blocks(&path, handle_block).unwrap();
        assert_eq!(block_on(blocks.next()), Some(Ok(b"a block".to_vec())));
    });
    assert!(child.status.success(), "{child:?}");
}
