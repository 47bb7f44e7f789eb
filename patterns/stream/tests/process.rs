//! The end of the process, and one that was forked.

#[path = "support/child.rs"]
mod child;
#[path = "support/fork.rs"]
mod fork;
#[path = "support/pipe.rs"]
mod pipe;

use child::in_child;
use fork::fork;
use futures::FutureExt;
use futures::StreamExt;
use futures::executor::block_on;
use pipe::Pipe;
use stream::bridge::EventKind;
use stream::{StreamContext, event_stream, event_stream_with};

#[test]
fn a_callback_may_exit() {
    fn exits(_: &mut StreamContext, _: EventKind, _: &[u8]) -> bool {
        std::process::exit(3)
    }

    let child = in_child(&[], || {
        let _events = event_stream_with("Cargo.toml", exits).unwrap();
        loop {
            std::thread::park();
        }
    });
    assert_eq!(child.status.code(), Some(3), "{child:?}");
}

/// Does `work` in a process of its own.
fn ends_well(work: impl FnOnce()) {
    // LeakSanitizer looks through the stacks of all threads. A forked child has only one of them.
    let child = in_child(&[("ASAN_OPTIONS", "detect_leaks=0")], work);
    assert!(child.status.success(), "{child:?}");
}

#[test]
fn a_forked_child_may_exit_and_drop_a_stream_which_is_the_parents() {
    ends_well(|| {
        let mut pipe = Pipe::new();
        let mut events = event_stream(&pipe.path()).unwrap();
        assert_eq!(events.next().now_or_never(), None);
        for _ in 0..20 {
            assert_eq!(fork(|| 4).code(), Some(4));
        }
        let mut inherited = Some(events);
        let child = fork(|| {
            drop(inherited.take());
            5
        });
        assert_eq!(child.code(), Some(5));
        let mut events = inherited.unwrap();
        pipe.write("after the forks\n");
        let event = block_on(events.next()).expect("the child has ended it");
        assert_eq!(event.unwrap(), "after the forks");
    });
}

#[test]
fn a_forked_child_has_streams_of_its_own() {
    ends_well(|| {
        let first = || block_on(event_stream("Cargo.toml").unwrap().next()).unwrap();
        assert_eq!(first().unwrap(), "[package]");
        let child = fork(|| {
            assert_eq!(first().unwrap(), "[package]");
            6
        });
        assert_eq!(child.code(), Some(6));
    });
}
