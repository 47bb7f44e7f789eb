//! What Rust allocates for an await. Alone in its file: it counts all allocations of the process's Rust side.

use coroutine::fetch_data;
use futures::executor::block_on;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

struct Counting;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

// SAFETY: it is the system's allocator, and counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, SeqCst);
        // SAFETY: what the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: what the caller promises.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// The fewest of 20 awaits: libtest's own thread allocates beside the test, and is counted too.
fn allocations(url: &str) -> usize {
    let counted = (0..20).map(|_| {
        let before = ALLOCATIONS.load(SeqCst);
        block_on(fetch_data(url)).unwrap();
        ALLOCATIONS.load(SeqCst) - before
    });
    counted.min().unwrap()
}

#[test]
fn an_await_allocates_twice_and_once_for_the_bytes() {
    // The first one also allocates what a thread keeps: its parker, and C++'s threads.
    block_on(fetch_data("file:///dev/null")).unwrap();
    assert_eq!(allocations("data:,"), 2);
    assert_eq!(allocations("data:,bytes"), 3);
    assert_eq!(allocations("file:///dev/null"), 2);
}
