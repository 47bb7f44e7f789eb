//! The owner of the threads. Alone in its file: it ends fetching for the whole process.

#[path = "support/counts.rs"]
mod counts;
#[path = "support/pipe.rs"]
mod pipe;

use coroutine::{FetchError, fetch_data, fetch_data_patiently, shutdown};
use counts::Counts;
use futures::future::{FutureExt, join_all};
use pipe::Pipe;
use std::fs;
use std::time::{Duration, Instant};

fn threads() -> usize {
    fs::read_dir("/proc/self/task").unwrap().count()
}

#[test]
fn shutdown_joins_the_threads_and_leaves_nobody_waiting() {
    let before = threads();
    let counts = Counts::begin();
    let mut sleeping =
        Box::pin(join_all((0..100).map(|_| {
            fetch_data_patiently("file:///no/such/file", Duration::from_secs(3600))
        })));
    assert_eq!((&mut sleeping).now_or_never(), None);
    counts.wait_for_sleeping(100);
    // All workers are kept reading, and a hundred fetches wait for them.
    let (mut pipes, urls): (Vec<_>, Vec<_>) = (0..4)
        .map(|_| Pipe::new())
        .map(|pipe| {
            let url = pipe.url.clone();
            (pipe, url)
        })
        .unzip();
    let mut reading = Box::pin(join_all(urls.iter().map(|url| fetch_data(url))));
    assert_eq!((&mut reading).now_or_never(), None);
    pipes.iter_mut().for_each(Pipe::wait_until_read);
    let mut queued = Box::pin(join_all((0..100).map(|_| fetch_data("file:///dev/null"))));
    assert_eq!((&mut queued).now_or_never(), None);

    let closing = std::thread::spawn(shutdown);
    let closed = |owner| FetchError::Failed(format!("the {owner} have been closed"));
    let limit = Instant::now() + Duration::from_secs(20);
    while fetch_data("file:///dev/null").now_or_never() != Some(Err(closed("workers"))) {
        assert!(Instant::now() < limit, "never refused");
        std::thread::yield_now();
    }
    closing.join().unwrap();

    let sleeping = sleeping.now_or_never().expect("woken, all of them");
    assert_eq!(sleeping, vec![Err(closed("timers")); 100]);
    let queued = queued.now_or_never().expect("answered, all of them");
    assert_eq!(queued, vec![Err(closed("workers")); 100]);
    let reading = reading.now_or_never().expect("answered, all of them");
    assert_eq!(reading, vec![Err(closed("workers")); 4]);
    drop(pipes);
    counts.frames_when_all_have_ended();
    // The kernel strikes a thread off its list shortly after it could be joined.
    let limit = Instant::now() + Duration::from_secs(20);
    while threads() != before {
        assert!(
            Instant::now() < limit,
            "{} threads, {before} before",
            threads()
        );
        std::thread::yield_now();
    }
}
