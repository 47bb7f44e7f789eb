//! The end of the process, and one that was forked.

#[path = "support/child.rs"]
mod child;
#[path = "support/fork.rs"]
mod fork;
#[path = "support/pipe.rs"]
mod pipe;

use best_practices::bridge::Failure;
use best_practices::{AsyncContext, fetch_data, fetch_data_with};
use child::in_child;
use fork::fork;
use futures::FutureExt;
use futures::executor::block_on;
use pipe::Pipe;

#[test]
fn a_callback_may_exit() {
    fn exits(_: Box<AsyncContext>, _success: bool, _data: &[u8], _error: Failure) {
        std::process::exit(3)
    }

    let child = in_child(&[], || {
        let _never = block_on(fetch_data_with("/dev/null", exits));
    });
    assert_eq!(child.status.code(), Some(3), "{child:?}");
}

#[test]
fn a_forked_child_may_exit_drop_what_it_has_and_fetch() {
    // LeakSanitizer looks through the stacks of all threads. A forked child has only one of them.
    let child = in_child(&[("ASAN_OPTIONS", "detect_leaks=0")], || {
        let pipe = Pipe::new();
        let path = pipe.path();
        let mut fetch = Box::pin(fetch_data(&path));
        assert_eq!((&mut fetch).now_or_never(), None);
        for _ in 0..20 {
            assert_eq!(fork(|| 4).code(), Some(4));
        }
        let mut inherited = Some(fetch);
        let child = fork(|| {
            drop(inherited.take());
            assert_eq!(block_on(fetch_data("/dev/null")), Ok(vec![]));
            5
        });
        assert_eq!(child.code(), Some(5));
        // It is the parent's, and goes on there.
        let mut fetch = inherited.unwrap();
        assert_eq!((&mut fetch).now_or_never(), None);
        drop(pipe);
        assert_eq!(block_on(fetch), Ok(vec![]));
    });
    assert!(child.status.success(), "{child:?}");
}
