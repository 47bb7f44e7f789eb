//! One call, one result.

use best_practices::bridge::Failure;
use best_practices::{AsyncContext, ErrorKind, fetch_data, fetch_data_with};
use futures::executor::block_on;
use std::fs;

#[test]
fn all_bytes_arrive() {
    let path = format!(
        "{}/bytes-{}",
        env!("CARGO_TARGET_TMPDIR"),
        std::process::id()
    );
    // Every byte value, in more than one of the blocks that C++ reads.
    let bytes: Vec<u8> = (0..200_000).map(|i| (i % 256) as u8).collect();
    fs::write(&path, &bytes).unwrap();
    let arrived = block_on(fetch_data(&path));
    fs::remove_file(&path).unwrap();
    assert!(arrived == Ok(bytes), "not the bytes of the file");
    assert_eq!(block_on(fetch_data("/dev/null")), Ok(vec![]));
}

#[test]
fn an_answer_that_never_comes_is_an_err() {
    fn forget(context: Box<AsyncContext>, _success: bool, _data: &[u8], _error: Failure) {
        drop(context);
    }

    let error = block_on(fetch_data_with("/dev/null", forget)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Abandoned);
    assert_eq!(
        error.to_string(),
        "Abandoned: C++ dropped the context without an answer"
    );
}
