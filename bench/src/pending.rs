//! What an await keeps in memory while it waits: a pipe is read into which nobody writes.

use crate::floor::Threads;
use crate::measured::Measured;
use futures::FutureExt;
use futures::executor::block_on;
use std::io::pipe;
use std::os::fd::AsRawFd;

/// `count` at once. `None`: there is no such case.
pub fn run(case: &str, count: usize) -> Option<Measured> {
    let (reader, writer) = pipe().expect("a pipe can be opened");
    let path = format!("/dev/fd/{}", reader.as_raw_fd());
    let url = format!("file://{path}");
    // What has been measured is let go: C++ reads to the end, and its threads can be joined.
    let release = || drop(writer);
    Some(match case {
        "oneshot" => many(
            count,
            async || oneshot::fetch_data(&url).await.is_ok(),
            release,
        ),
        "coroutine" => many(
            count,
            async || coroutine::fetch_data(&url).await.is_ok(),
            release,
        ),
        "four-threads" => {
            let threads = Threads::new(4);
            many(count, async || threads.fetch(&path).await.is_ok(), release)
        }
        _ => return None,
    })
}

fn many(count: usize, fetch: impl AsyncFn() -> bool, release: impl FnOnce()) -> Measured {
    let mut waiting = Vec::with_capacity(count + 4);
    let mut wait = |count: usize| {
        for _ in 0..count {
            let mut one = Box::pin(fetch());
            assert_eq!((&mut one).now_or_never(), None);
            waiting.push(one);
        }
    };
    wait(4); // starts what has to be started, and keeps it busy
    let measured = Measured::of(count, || wait(count));
    release();
    for one in waiting {
        assert!(block_on(one));
    }
    measured
}
