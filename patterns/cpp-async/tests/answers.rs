//! What arrives, in each model.

#[path = "support/deadline.rs"]
mod deadline;
#[path = "support/models.rs"]
mod models;

use cpp_async::FetchError;
use deadline::answer_of;
use models::{ALL, CALLBACK, COROUTINE, FUTURE, Fetched, KJ, Model, PROMISE};
use std::fs;

fn fetched(model: Model, url: &str) -> Fetched {
    let url = url.to_owned();
    answer_of(async move { model(&url).await })
}

fn failed(words: &str) -> Fetched {
    Err(FetchError::Failed(words.to_owned()))
}

#[test]
fn all_bytes_arrive() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let path = format!("{folder}/cpp-async-{}", std::process::id());
    // Every byte value, in more than one of the blocks that C++ reads.
    let bytes: Vec<u8> = (0..200_000)
        .map(|i| (i % 251) as u8)
        .chain(0..=255)
        .collect();
    fs::write(&path, &bytes).unwrap();
    let arrived = ALL.map(|model| fetched(model, &format!("file://{path}")));
    fs::remove_file(&path).unwrap();
    for data in arrived {
        assert!(data.as_ref() == Ok(&bytes), "not the bytes of the file");
    }
}

#[test]
fn no_bytes_are_not_an_error() {
    for model in ALL {
        assert_eq!(fetched(model, "file:///dev/null"), Ok(vec![]));
    }
}

#[test]
fn a_cpp_exception_is_an_err() {
    for model in [FUTURE, COROUTINE, PROMISE] {
        let missing = "/no/such/file: No such file or directory";
        assert_eq!(fetched(model, "file:///no/such/file"), failed(missing));
        assert_eq!(fetched(model, "gopher://x"), failed("not a file:// URL"));
        let endless = "more than 16 MiB";
        assert_eq!(fetched(model, "file:///dev/zero"), failed(endless));
    }
}

#[test]
fn kj_makes_an_exception_of_its_own_of_it() {
    assert_eq!(
        fetched(KJ, "gopher://x"),
        failed("std::exception: not a file:// URL")
    );
}

#[test]
fn a_callback_without_an_error_loses_the_words() {
    for url in ["file:///no/such/file", "gopher://x", "file:///dev/zero"] {
        assert_eq!(fetched(CALLBACK, url), Err(FetchError::Abandoned));
    }
}

#[test]
fn a_nul_in_the_url_is_an_err() {
    for model in ALL {
        let fetched = fetched(model, "file:///dev/null\0more");
        assert!(fetched.is_err(), "what stands before the NUL was read");
    }
}
