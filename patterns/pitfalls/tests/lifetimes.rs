//! What is used late is still there.

use pitfalls::after_shutdown::{self, Context, fire, good_listen};
use pitfalls::{by_reference, kept_str};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc;
use std::thread;

#[test]
fn a_thread_that_owns_its_context_answers_after_the_call() {
    assert_eq!(by_reference::good(), 42);
}

#[test]
fn a_copied_text_can_be_read_after_the_call() {
    assert_eq!(kept_str::good(), 4);
}

#[test]
fn a_listener_that_is_gone_is_not_called() {
    assert_eq!(after_shutdown::good(), 1);
}

#[test]
fn dropping_a_listener_waits_for_the_callback_that_runs() {
    let (running, runs) = mpsc::channel();
    let returned = Arc::new(AtomicBool::new(false));
    let ended = Arc::new(AtomicBool::new(false));
    let (has_returned, has_ended) = (Arc::clone(&returned), Arc::clone(&ended));
    // Goes on for as long as a drop that does not wait for it needs to return.
    let on_event = move || {
        running.send(()).unwrap();
        for _ in 0..10_000 {
            if has_returned.load(SeqCst) {
                return;
            }
            thread::yield_now();
        }
        has_ended.store(true, SeqCst);
    };
    let on_event = Box::new(on_event);
    let listener = good_listen(Box::new(Context { on_event }));
    let source = thread::spawn(fire);
    runs.recv().unwrap();
    drop(listener);
    returned.store(true, SeqCst);
    source.join().unwrap();
    assert!(ended.load(SeqCst), "the drop returned before the callback");
}
