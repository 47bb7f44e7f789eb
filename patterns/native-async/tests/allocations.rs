use futures::executor::block_on;
use native_async::fetch::ffi::pause;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

struct Counting;

static COUNT: AtomicUsize = AtomicUsize::new(0);

// SAFETY: it is the system's, which also counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Relaxed);
        // SAFETY: as the caller has promised.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The fewest allocations of any of 20 turns: libtest's own thread allocates beside the test, and is counted too.
fn fewest(turn: impl Fn()) -> usize {
    let counted = (0..20).map(|_| {
        let before = COUNT.load(Relaxed);
        turn();
        COUNT.load(Relaxed) - before
    });
    counted.min().unwrap()
}

#[test]
fn rust_allocates_nothing_for_an_await_of_cpp() {
    // The first await starts C++'s thread.
    block_on(pause(1));
    assert_eq!(fewest(|| block_on(pause(0))), 0);
    assert_eq!(fewest(|| drop(vec![1])), 1);
}
