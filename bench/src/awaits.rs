//! One result: a file without bytes is read on another thread, and awaited.

use crate::floor::{Threads, fetch_on_a_new_thread};
use crate::many::many;
use crate::measured::Measured;
use std::fs::File;

const PATH: &str = "/dev/null";
const URL: &str = "file:///dev/null";

/// `in_flight` at any time. `None`: there is no such case.
pub fn run(case: &str, in_flight: usize) -> Option<Measured> {
    Some(match case {
        "oneshot" => many(in_flight, async || oneshot::fetch_data(URL).await.is_ok()),
        "coroutine" => many(in_flight, async || coroutine::fetch_data(URL).await.is_ok()),
        "blocking" => {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
            let _entered = runtime.enter();
            many(in_flight, async || {
                let file = File::open(PATH).expect("there is such a file");
                blocking::async_work(file).await.is_ok()
            })
        }
        "new-thread" => many(in_flight, async || {
            fetch_on_a_new_thread(PATH).await.is_ok()
        }),
        "one-thread" => on_threads(in_flight, 1, PATH),
        "four-threads" => on_threads(in_flight, 4, PATH),
        "no-work" => on_threads(in_flight, 1, ""),
        _ => return None,
    })
}

fn on_threads(in_flight: usize, threads: usize, path: &str) -> Measured {
    let threads = Threads::new(threads);
    many(in_flight, async || threads.fetch(path).await.is_ok())
}
