//! Dropping the future at the very moment at which C++ answers.

#[path = "support/models.rs"]
mod models;

use models::{CALLBACK, COROUTINE, FUTURE, KJ, Model, PROMISE};
use std::fs::{self, read_dir, read_link};
use std::time::{Duration, Instant};
use tokio::runtime::Builder;

fn race(name: &str, model: Model, rounds: usize) {
    // valgrind runs one thread at a time, 30 times slower: it needs no more rounds to see a bad access.
    let light = std::env::var("COOKBOOK_LOAD").is_ok_and(|load| load == "light");
    let rounds = if light { rounds / 20 } else { rounds };
    let runtime = Builder::new_current_thread().build().unwrap();
    let path = format!(
        "{}/cpp-async-{name}-{}",
        env!("CARGO_TARGET_TMPDIR"),
        std::process::id()
    );
    fs::write(&path, "raced").unwrap();
    let url = format!("file://{path}");

    for round in 0..rounds {
        let mut raced = model(&url);
        runtime.block_on(async {
            let _ = futures::poll!(&mut raced);
        });
        // From no time at all to more than an answer takes.
        for _ in 0..round % 50 * 100 {
            std::hint::spin_loop();
        }
        drop(raced);
    }
    // In order: when this one has been answered, so have all before it.
    assert_eq!(runtime.block_on(model(&url)), Ok(b"raced".to_vec()));
    // Those of std::future answer from threads of their own.
    let limit = Instant::now() + Duration::from_secs(20);
    while opened(&path) > 0 {
        assert!(Instant::now() < limit, "a fetch has not ended");
        std::thread::yield_now();
    }
    fs::remove_file(&path).unwrap();
}

fn opened(path: &str) -> usize {
    let open = read_dir("/proc/self/fd").unwrap();
    open.filter(|entry| {
        let file = read_link(entry.as_ref().unwrap().path()).unwrap_or_default();
        file.as_os_str() == path
    })
    .count()
}

#[test]
fn a_drop_that_races_with_the_answer_is_harmless_for_callback() {
    race("callback", CALLBACK, 2000);
}

#[test]
fn a_drop_that_races_with_the_answer_is_harmless_for_future() {
    race("future", FUTURE, 400);
}

#[test]
fn a_drop_that_races_with_the_answer_is_harmless_for_coroutine() {
    race("coroutine", COROUTINE, 2000);
}

#[test]
fn a_drop_that_races_with_the_answer_is_harmless_for_promise() {
    race("promise", PROMISE, 2000);
}

#[test]
fn a_drop_that_races_with_the_answer_is_harmless_for_kj() {
    race("kj", KJ, 2000);
}
