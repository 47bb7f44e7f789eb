//! What becomes of a C++ error.

#[path = "support/pipe.rs"]
mod pipe;

use best_practices::bridge::{ErrorCode, Failure};
use best_practices::{
    AsyncContext, ErrorKind, FetchError, fetch_data, fetch_data_with, handle_result,
};
use futures::FutureExt;
use futures::executor::block_on;
use pipe::Pipe;
use std::sync::Mutex;

fn error_of(path: &str) -> FetchError {
    block_on(fetch_data(path)).unwrap_err()
}

fn error(kind: ErrorKind, message: &str) -> FetchError {
    let message = message.to_owned();
    FetchError { kind, message }
}

#[test]
fn an_error_class_of_cpp_has_a_kind_of_its_own() {
    assert_eq!(
        error_of("/dev/zero"),
        error(ErrorKind::TooLarge, "more than 16 MiB")
    );
    assert_eq!(
        error_of("/no/such/file"),
        error(
            ErrorKind::NotFound,
            "/no/such/file: No such file or directory"
        )
    );
    assert_eq!(
        error_of("/"),
        error(ErrorKind::IsFolder, "/: Is a directory")
    );
}

#[test]
fn a_code_without_a_name_is_kept() {
    assert_eq!(
        error_of("/dev/null/file"),
        error(ErrorKind::Other(20), "/dev/null/file: Not a directory")
    );
}

#[test]
fn an_exception_without_a_code_keeps_its_words() {
    assert_eq!(
        error_of("/dev/null\0"),
        error(ErrorKind::Unspecified, "the path has a NUL in it")
    );
}

#[test]
fn what_is_no_std_exception_is_an_answer_too() {
    static SEEN: Mutex<Vec<(bool, i32, String)>> = Mutex::new(vec![]);
    fn record(context: Box<AsyncContext>, success: bool, data: &[u8], error: Failure) {
        let (code, message) = (error.code.repr, error.message.clone());
        SEEN.lock().unwrap().push((success, code, message));
        handle_result(context, success, data, error);
    }

    // Nothing but a stop makes C++ throw such a thing, and then nobody listens but this callback.
    let pipe = Pipe::new();
    let path = pipe.path();
    let mut fetch = Box::pin(fetch_data_with(&path, record));
    assert_eq!((&mut fetch).now_or_never(), None);
    drop(fetch);
    let message = "C++ threw something that is not a std::exception".to_owned();
    assert_eq!(
        *SEEN.lock().unwrap(),
        [(false, ErrorCode::Unspecified.repr, message)]
    );
}

#[test]
fn what_is_thrown_before_the_call_returns_is_an_err() {
    assert_eq!(
        error_of("Cargo.toml"),
        error(ErrorKind::Unspecified, "the path is not absolute")
    );
}
