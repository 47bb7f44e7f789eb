//! What arrives: bytes or an error, whatever C++ throws and wherever.

mod deadline;

use deadline::answer_of;
use oneshot::{FetchError, fetch_data};
use std::fs::{self, File};

const NOT_STD: &str = "C++ threw something that is not a std::exception";

fn failed(words: &str) -> Result<Vec<u8>, FetchError> {
    Err(FetchError::Failed(words.to_owned()))
}

/// The path of a file of this test's own.
fn path_of(name: &str) -> String {
    format!(
        "{}/oneshot-{name}-{}",
        env!("CARGO_TARGET_TMPDIR"),
        std::process::id()
    )
}

#[test]
fn success_and_failure_both_arrive() {
    let path = path_of("bytes");
    // Every byte value, in more than one of the blocks that C++ reads.
    let bytes: Vec<u8> = (0..200_000)
        .map(|i| (i % 251) as u8)
        .chain(0..=255)
        .collect();
    fs::write(&path, &bytes).unwrap();
    let url = format!("file://{path}");
    let arrived = answer_of(async move { fetch_data(&url).await });
    fs::remove_file(&path).unwrap();

    assert!(arrived == Ok(bytes), "not the bytes of the file");
    assert_eq!(
        answer_of(fetch_data("file:///no/such/file")),
        failed("/no/such/file: No such file or directory")
    );
}

#[test]
fn no_bytes_are_not_an_error() {
    assert_eq!(answer_of(fetch_data("data:,")), Ok(vec![]));
    assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
}

#[test]
fn an_exception_before_the_call_returns_is_an_err() {
    assert_eq!(
        answer_of(fetch_data("gopher://example.com")),
        failed("neither a data:, nor a file:// URL")
    );
    assert_eq!(
        answer_of(fetch_data("file:///a%20name")),
        failed("escapes such as %20 are not decoded")
    );
    assert_eq!(
        answer_of(fetch_data("file:///dev/null\0.txt")),
        failed("a NUL, which would end the name for the system")
    );
}

#[test]
fn what_is_no_std_exception_before_the_call_returns_is_an_err() {
    let url = format!("data:,{}", "x".repeat(5000));
    assert_eq!(
        answer_of(async move { fetch_data(&url).await }),
        failed(NOT_STD)
    );
}

#[test]
fn an_exception_on_a_worker_is_an_err() {
    // Opening a directory works, reading it is what throws.
    let Err(FetchError::Failed(words)) = answer_of(fetch_data("file:///")) else {
        panic!("no Err")
    };
    assert!(words.contains("Is a directory"), "{words}");
}

#[test]
fn what_is_no_std_exception_on_a_worker_is_an_err() {
    let path = path_of("too-large");
    File::create(&path)
        .unwrap()
        .set_len((16 << 20) + 1)
        .unwrap();
    let url = format!("file://{path}");
    let arrived = answer_of(async move { fetch_data(&url).await });
    fs::remove_file(&path).unwrap();
    assert_eq!(
        arrived.map(|data| data.len()),
        Err(FetchError::Failed(NOT_STD.to_owned()))
    );
}

#[test]
fn a_file_without_an_end_is_an_err() {
    assert_eq!(answer_of(fetch_data("file:///dev/zero")), failed(NOT_STD));
}
