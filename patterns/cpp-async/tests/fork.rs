//! A process that was forked: it has the memory of the worker and of KJ's loop, and not their threads.

#[path = "support/child.rs"]
mod child;
#[path = "support/fork.rs"]
mod fork;
#[path = "support/models.rs"]
mod models;

use child::in_child;
use cpp_async::FetchError;
use fork::fork;
use futures::executor::block_on;
use models::{ALL, CALLBACK, COROUTINE, FUTURE, KJ, PROMISE};

/// Does `work` in a process of its own.
fn ends_well(work: impl FnOnce()) {
    // LeakSanitizer looks through the stacks of all threads. A forked child has only one of them.
    let child = in_child(&[("ASAN_OPTIONS", "detect_leaks=0")], work);
    assert!(child.status.success(), "{child:?}");
}

fn fetch_with_all() {
    for model in ALL {
        assert_eq!(block_on(model("file:///dev/null")), Ok(vec![]));
    }
}

#[test]
fn a_forked_child_may_exit_and_is_refused() {
    ends_well(|| {
        fetch_with_all();
        for _ in 0..20 {
            assert_eq!(fork(|| 4).code(), Some(4));
        }
        let child = fork(|| {
            let words = "the thread belongs to the process that forked this one";
            for model in [CALLBACK, COROUTINE, PROMISE, KJ] {
                let refused = Err(FetchError::Failed(words.to_owned()));
                assert_eq!(block_on(model("file:///dev/null")), refused);
            }
            // It has threads of its own.
            assert_eq!(block_on(FUTURE("file:///dev/null")), Ok(vec![]));
            5
        });
        assert_eq!(child.code(), Some(5));
        fetch_with_all();
    });
}

#[test]
fn a_child_that_was_forked_before_the_first_fetch_has_threads_of_its_own() {
    ends_well(|| {
        let child = fork(|| {
            fetch_with_all();
            6
        });
        assert_eq!(child.code(), Some(6));
        fetch_with_all();
    });
}
