//! What work takes: processor time, allocations, memory.

use serde_json::{Value, json};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// All of it for one: one await, one event.
#[derive(Default)]
pub struct Measured {
    nanoseconds: f64,
    allocations: f64,
    /// Of memory that is in use, Rust's and C++'s.
    pub bytes: f64,
}

impl Measured {
    /// What `work` takes, which does the same thing `count` times.
    pub fn of(count: usize, work: impl FnOnce()) -> Self {
        let (time, made, bytes) = (processor_nanoseconds(), MADE.load(Relaxed), bytes_in_use());
        work();
        let per_one = |all: f64| all / count as f64;
        Measured {
            bytes: per_one(bytes_in_use() - bytes),
            allocations: per_one((MADE.load(Relaxed) - made) as f64),
            nanoseconds: per_one(processor_nanoseconds() - time),
        }
    }

    pub fn json(&self) -> Value {
        json!({ "nanoseconds": self.nanoseconds, "allocations": self.allocations, "bytes": self.bytes })
    }
}

/// Of this process, all threads together, with their work in the kernel. Other programs do not count, and on one
/// processor no time is lost that this does not show.
fn processor_nanoseconds() -> f64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: it writes to `time`, which is there.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    assert_eq!(failed, 0, "the processor time of a process can be read");
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

/// By malloc, which serves Rust and C++ here.
fn bytes_in_use() -> f64 {
    // SAFETY: it takes nothing and returns a struct of numbers.
    let info = unsafe { libc::mallinfo2() };
    (info.uordblks + info.hblkhd) as f64
}

static MADE: AtomicU64 = AtomicU64::new(0);

/// Counts what Rust allocates. C++ does not come by here.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: System does all of it, with what it is given.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        MADE.fetch_add(1, Relaxed);
        // SAFETY: the caller promises what System asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        MADE.fetch_add(1, Relaxed);
        // SAFETY: the caller promises what System asks for.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller promises what System asks for.
        unsafe { System.dealloc(block, layout) }
    }
}
