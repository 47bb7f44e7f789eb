//! What is an `Err`, and what does not get through to C++.

#[path = "support/answer_of.rs"]
mod answer_of;

use answer_of::answer_of;
use coroutine::{FetchError, answer, fetch_all, fetch_data, fetch_data_patiently};
use cxx::UniquePtr;
use std::fs::{self, File};
use std::time::Duration;

fn failed(words: &str) -> Result<Vec<u8>, FetchError> {
    Err(FetchError::Failed(words.to_owned()))
}

#[test]
fn the_answer_arrives() {
    let path = std::env::temp_dir().join(format!("coroutine-all-{}", std::process::id()));
    // More than one block of what C++ reads, and every byte there is.
    let bytes: Vec<u8> = (0..=255).cycle().take(200_000).collect();
    fs::write(&path, &bytes).unwrap();
    let url = format!("file://{}", path.display());
    let arrived = answer_of(async move { fetch_data(&url).await });
    fs::remove_file(&path).unwrap();
    assert!(arrived == Ok(bytes), "not the bytes of the file");
}

#[test]
fn no_bytes_are_not_an_error() {
    assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
    assert_eq!(answer_of(fetch_data("data:,")), Ok(vec![]));
}

#[test]
fn what_a_coroutine_throws_is_an_err_with_its_words() {
    // At once, in the coroutine that Rust awaits.
    assert_eq!(
        answer_of(fetch_data("gopher://example.com")),
        failed("neither a data:, nor a file:// URL")
    );
    assert_eq!(
        answer_of(fetch_data("file:///dev/null\0.txt")),
        failed("a NUL, which would end the name for the system")
    );
    // On a worker, in the coroutine that this one awaits.
    assert_eq!(
        answer_of(fetch_data("file:///no/such/file")),
        failed("/no/such/file: No such file or directory")
    );
    // Only a missing file is waited for: nothing comes of waiting an hour for a folder to be a file.
    let hour = Duration::from_secs(3600);
    let folder = answer_of(fetch_data_patiently("file:///", hour));
    let Err(FetchError::Failed(words)) = folder else {
        panic!("no Err")
    };
    assert!(words.contains("Is a directory"), "{words}");
}

#[test]
fn what_is_no_std_exception_is_an_err() {
    let path = std::env::temp_dir().join(format!("coroutine-large-{}", std::process::id()));
    let file = File::create(&path).unwrap();
    file.set_len((16 << 20) + 1).unwrap();
    let url = format!("file://{}", path.display());
    let arrived = answer_of(async move { fetch_data(&url).await.map(|data| data.len()) });
    fs::remove_file(&path).unwrap();
    let words = "C++ threw something that is not a std::exception";
    assert_eq!(arrived, Err(FetchError::Failed(words.to_owned())));
}

#[test]
fn what_has_no_end_is_an_err() {
    let too_large = failed("C++ threw something that is not a std::exception");
    assert_eq!(answer_of(fetch_data("file:///dev/zero")), too_large);

    // Each of them is small enough.
    let path = std::env::temp_dir().join(format!("coroutine-part-{}", std::process::id()));
    File::create(&path).unwrap().set_len(6 << 20).unwrap();
    let url = format!("file://{}", path.display());
    let all = answer_of(async move { fetch_all(&[&url, &url, &url]).await });
    fs::remove_file(&path).unwrap();
    assert!(all == too_large, "more than 16 MiB");
}

#[test]
fn a_completion_that_is_dropped_is_an_err() {
    let abandoned = answer_of(answer(|completion| {
        drop(completion);
        Ok(UniquePtr::null())
    }));
    assert_eq!(abandoned, Err(FetchError::Abandoned));
    assert_eq!(
        FetchError::Abandoned.to_string(),
        "C++ dropped the fetch without an answer"
    );
}
