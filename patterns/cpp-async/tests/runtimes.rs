//! Who may await it.

#[path = "support/deadline.rs"]
mod deadline;
#[path = "support/models.rs"]
mod models;
#[path = "support/pipe.rs"]
mod pipe;

use deadline::answer_of;
use futures::executor::block_on;
use futures::future::join;
use models::{ALL, CALLBACK, COROUTINE, KJ, Model};
use pipe::Pipe;
use std::io::Write;
use tokio::runtime::Builder;

/// A fetch that is answered only when the future beside it has had its turn.
async fn a_waiting_fetch_leaves_the_thread_free(model: Model) {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let (fetched, ()) = join(model(&url), async {
        pipe.writer.write_all(b"at last").unwrap();
        drop(pipe.writer);
    })
    .await;
    assert_eq!(fetched, Ok(b"at last".to_vec()));
}

#[test]
fn works_on_tokio_multi_thread() {
    let runtime = Builder::new_multi_thread().worker_threads(2).build();
    let runtime = runtime.unwrap();
    let tasks = ALL.map(|model| runtime.spawn(a_waiting_fetch_leaves_the_thread_free(model)));
    answer_of(async {
        for task in tasks {
            task.await.unwrap();
        }
    });
}

#[test]
fn none_needs_a_runtime() {
    answer_of(async {
        for model in ALL {
            let waiting = a_waiting_fetch_leaves_the_thread_free(model);
            std::thread::spawn(move || block_on(waiting))
                .join()
                .unwrap();
        }
    });
}

#[test]
fn a_fetch_that_waits_holds_up_the_next_one_on_its_thread() {
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let mut waits = CALLBACK(&url);
    let mut next = COROUTINE("file:///dev/null");
    block_on(async {
        assert!(futures::poll!(&mut waits).is_pending());
        pipe.wait_until_read();
        // A hundred fetches elsewhere are more time than this one would need.
        for _ in 0..100 {
            assert!(futures::poll!(&mut next).is_pending());
            assert_eq!(KJ("file:///dev/null").await, Ok(vec![]));
        }
        drop(pipe);
        assert!(waits.await.is_ok());
        assert_eq!(next.await, Ok(vec![]));
    });
}
