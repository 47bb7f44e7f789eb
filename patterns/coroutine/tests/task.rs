//! What a `Task` promises: it is lazy, it keeps exceptions, it resumes without growing the stack.

#[path = "support/counts.rs"]
mod counts;
#[path = "support/load.rs"]
mod load;

use coroutine::{FetchError, fetch_all, fetch_data};
use counts::Counts;
use futures::executor::block_on;
use load::load;

fn failed(words: &str) -> Result<Vec<u8>, FetchError> {
    Err(FetchError::Failed(words.to_owned()))
}

#[test]
fn nothing_runs_before_it_is_awaited() {
    let counts = Counts::begin();
    let future = fetch_all(&[]);
    assert_eq!(counts.now().made, 0, "the Rust future is lazy as well");
    drop(future);

    let urls = ["data:,taken", "gopher://example.com", "data:,", "data:,"];
    let error = block_on(fetch_all(&urls));
    assert_eq!(error, failed("neither a data:, nor a file:// URL"));
    let counts = counts.now();
    // A root, the whole, and a task for each URL; of the chain, two that await the first two.
    assert_eq!(counts.made, 2 + 4 + 2);
    assert_eq!(counts.started, 2 + 2 + 2, "began, of {}", counts.made);
}

#[test]
fn an_exception_passes_every_await_on_its_way() {
    let _alone = Counts::begin();
    let missing = "file:///no/such/file";
    let urls: Vec<_> = [["data:,"; 100].as_slice(), &[missing]].concat();
    assert_eq!(
        block_on(fetch_all(&urls)),
        failed("/no/such/file: No such file or directory")
    );
}

/// On a stack that has no room for it to grow with each `co_await`.
fn on_a_small_stack(test: fn()) {
    std::thread::Builder::new()
        .stack_size(256 << 10)
        .spawn(test)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn a_chain_of_100_000_awaits_does_not_grow_the_stack() {
    let _alone = Counts::begin();
    on_a_small_stack(|| {
        // 10,000 are enough to overflow the stack, and sanitizers and valgrind are slow.
        let urls = vec!["data:,x"; load(100_000, 10_000)];
        assert_eq!(block_on(fetch_all(&urls)).unwrap().len(), urls.len());
    });
}

#[test]
fn nor_does_an_exception_that_passes_100_000_awaits() {
    let _alone = Counts::begin();
    on_a_small_stack(|| {
        let mut urls = vec!["data:,x"; load(100_000, 10_000)];
        urls.push("gopher://example.com");
        assert!(block_on(fetch_all(&urls)).is_err());
    });
}

#[test]
fn a_frame_is_destroyed_once_when_it_returns() {
    let counts = Counts::begin();
    assert!(block_on(fetch_data("file:///dev/null")).is_ok());
    assert_eq!(counts.frames_when_all_have_ended(), 3);
}

#[test]
fn a_frame_is_destroyed_once_when_it_throws() {
    let counts = Counts::begin();
    assert!(block_on(fetch_data("file:///no/such/file")).is_err());
    assert_eq!(counts.frames_when_all_have_ended(), 3);
}

#[test]
fn a_frame_is_destroyed_once_when_it_is_abandoned() {
    let counts = Counts::begin();
    let urls = [["gopher://example.com"].as_slice(), &["data:,"; 1000]].concat();
    assert!(block_on(fetch_all(&urls)).is_err());
    assert_eq!(counts.now().started, 4, "the others were never awaited");
    assert_eq!(counts.frames_when_all_have_ended(), 2 + 1001 + 1);
}
