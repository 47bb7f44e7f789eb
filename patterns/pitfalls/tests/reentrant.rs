//! A callback that comes back to what has called it.

#[path = "support/child.rs"]
mod child;

use child::in_child;
use cxx::UniquePtr;
use pitfalls::after_shutdown::{Context, GoodListener, fire, good_listen};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;

/// A listener that may be dropped by another thread.
struct Owned(#[expect(dead_code, reason = "to be dropped")] UniquePtr<GoodListener>);

// SAFETY: any thread may destroy it.
unsafe impl Send for Owned {}

/// Where a callback finds a listener to drop: its own, or another one.
type Slot = Arc<Mutex<Option<Owned>>>;

fn listen(on_event: impl Fn() + Send + Sync + 'static) -> Owned {
    let on_event = Box::new(on_event);
    Owned(good_listen(Box::new(Context { on_event })))
}

fn take(slot: &Slot) -> Option<Owned> {
    slot.lock().unwrap().take()
}

/// Counts the calls and the drops of a listener.
#[derive(Default)]
struct Seen {
    calls: AtomicU32,
    drops: AtomicU32,
}

struct Watched(Arc<Seen>);

impl Watched {
    fn call(&self) {
        self.0.calls.fetch_add(1, SeqCst);
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.drops.fetch_add(1, SeqCst);
    }
}

/// For a test that fails by a deadlock: the child is ended.
fn ends_well(work: impl FnOnce()) {
    let child = in_child(&[], work);
    assert!(child.status.success(), "{child:?}");
}

#[test]
fn a_callback_may_drop_its_own_listener_and_others() {
    ends_well(|| {
        let [own, other] = [(); 2].map(|()| Slot::default());
        let [seen, others] = [(); 2].map(|()| Arc::<Seen>::default());
        let (watched, slots) = (Watched(Arc::clone(&seen)), [own.clone(), other.clone()]);
        let first = listen(move || {
            slots.iter().for_each(|slot| drop(take(slot)));
            watched.call();
        });
        let watched = Watched(Arc::clone(&others));
        *other.lock().unwrap() = Some(listen(move || watched.call()));
        *own.lock().unwrap() = Some(first);
        fire();
        fire();
        assert_eq!(
            seen.calls.load(SeqCst),
            1,
            "calls of the one that drops itself"
        );
        assert_eq!(
            others.calls.load(SeqCst),
            0,
            "calls of the one that is dropped"
        );
        assert_eq!([&seen, &others].map(|seen| seen.drops.load(SeqCst)), [1, 1]);
    });
}

#[test]
fn a_callback_may_listen_and_fire() {
    ends_well(|| {
        static CALLS: AtomicU32 = AtomicU32::new(0);
        let made = Slot::default();
        let firing = listen(move || {
            CALLS.fetch_add(1, SeqCst);
            let added = listen(|| {
                CALLS.fetch_add(100, SeqCst);
            });
            *made.lock().unwrap() = Some(added);
            fire();
        });
        let _other = listen(|| {
            CALLS.fetch_add(10, SeqCst);
        });
        fire();
        // Itself once, the other for both events, and the new one for the second.
        assert_eq!(CALLS.load(SeqCst), 1 + 2 * 10 + 100);
        drop(firing);
    });
}

#[test]
fn two_callbacks_may_drop_each_others_listeners() {
    ends_well(|| {
        let slots = [(); 2].map(|()| Slot::default());
        let both = Arc::new(Barrier::new(2));
        let seen = Arc::<Seen>::default();
        // Each listener is called once by each thread, and drops the other one when both are called.
        for (mine, others) in [(0, 1), (1, 0)] {
            let (both, other) = (Arc::clone(&both), Arc::clone(&slots[others]));
            let watched = Watched(Arc::clone(&seen));
            let called = AtomicU32::new(0);
            let listener = listen(move || {
                if called.fetch_add(1, SeqCst) == 0 {
                    both.wait();
                    drop(take(&other));
                    watched.call();
                }
            });
            *slots[mine].lock().unwrap() = Some(listener);
        }
        let threads = [(); 2].map(|()| thread::spawn(fire));
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(seen.calls.load(SeqCst), 2);
        assert_eq!(seen.drops.load(SeqCst), 2);
    });
}

#[test]
fn a_callback_may_exit() {
    let child = in_child(&[], || {
        let _listener = listen(|| std::process::exit(3));
        fire();
    });
    assert_eq!(child.status.code(), Some(3), "{child:?}");
}
