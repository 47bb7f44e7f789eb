//! How many threads each model takes. Alone in its file: it counts the threads of the process.

#[path = "support/models.rs"]
mod models;
#[path = "support/pipe.rs"]
mod pipe;

use futures::future::{FutureExt, join_all};
use models::{CALLBACK, COROUTINE, FUTURE, KJ, PROMISE};
use pipe::Pipe;
use std::fs::read_dir;
use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

fn threads() -> usize {
    read_dir("/proc/self/task").unwrap().count()
}

/// Waits until there are so many: one that starts, and one that has ended, may be listed late.
#[track_caller]
fn wait_for_threads(count: usize) {
    let limit = Instant::now() + Duration::from_secs(20);
    while threads() != count {
        let now = threads();
        assert!(Instant::now() < limit, "{now} threads, expected {count}");
        thread::yield_now();
    }
}

#[test]
fn each_model_takes_as_many_threads_as_the_chapter_says() {
    let runtime = Builder::new_current_thread().build().unwrap();
    let before = threads();
    ten_fetches_of_each_on_one_worker(&runtime);
    wait_for_threads(before + 1);
    a_hundred_silent_pipes_on_one_kj_loop();
    wait_for_threads(before + 2);
    two_threads_for_each_std_future(&runtime);
}

fn ten_fetches_of_each_on_one_worker(runtime: &Runtime) {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let before = threads();
    let models = [CALLBACK, COROUTINE, PROMISE].repeat(10);
    let mut all = join_all(models.iter().map(|model| model(&url)));
    assert_eq!((&mut all).now_or_never(), None);
    pipe.wait_until_read();
    wait_for_threads(before + 1);

    drop(pipe.writer);
    assert!(runtime.block_on(all).iter().all(Result::is_ok));
}

fn two_threads_for_each_std_future(runtime: &Runtime) {
    let pipe = Pipe::new();
    let url = pipe.url.clone();
    let before = threads();
    let mut all = join_all((0..5).map(|_| FUTURE(&url)));
    runtime.block_on(async {
        assert!(futures::poll!(&mut all).is_pending());
        wait_for_threads(before + 10);
        drop(pipe.writer);
        assert_eq!(all.await, vec![Ok(vec![]); 5]);
    });
}

fn a_hundred_silent_pipes_on_one_kj_loop() {
    let mut pipes: Vec<Pipe> = (0..100).map(|_| Pipe::new()).collect();
    let urls: Vec<String> = pipes.iter().map(|pipe| pipe.url.clone()).collect();
    let mut fetches: Vec<_> = urls.iter().map(|url| KJ(url)).collect();
    let before = threads();
    for fetch in &mut fetches {
        assert_eq!(fetch.now_or_never(), None);
    }
    wait_for_threads(before + 1);

    // The last is answered first, while the others wait.
    while let (Some(mut pipe), Some(fetch)) = (pipes.pop(), fetches.pop()) {
        pipe.writer.write_all(b"at last").unwrap();
        drop(pipe.writer);
        let fetched = futures::executor::block_on(fetch);
        assert_eq!(fetched, Ok(b"at last".to_vec()));
    }
}
