//! A coroutine's frame for the models. It is freed by `destroy` alone: freed twice, or used when freed, it panics; what is
//! not freed, and each waker that is not dropped, is told by loom, which counts its Arcs.

use crate::operation::{DONE, ITEM, Operation, PARKED, RUNNING};
use crate::park::park;
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::sync::atomic::AtomicU32;
use loom::sync::atomic::Ordering::{AcqRel, Acquire, SeqCst};
use std::mem::MaybeUninit;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

#[repr(C)]
struct Inside {
    operation: Operation,
    /// What the coroutine computes: written without any lock but the state.
    value: UnsafeCell<u32>,
    /// How often it goes on before it is done.
    steps: u32,
    /// Resumed by a poll, the thread is told to run on by this.
    turns: AtomicU32,
    freed: AtomicU32,
    stoppable: bool,
}

/// Memory that stays after the frame is freed, so that its use can be told.
struct Shared(Box<Inside>);

/// The owner's end.
pub struct Frame {
    inside: Arc<Shared>,
    wakes: Arc<AtomicU32>,
    left: bool,
}

/// The thread's end.
pub struct Runner(Arc<Shared>);

// SAFETY: what the state machine keeps apart, and loom checks.
unsafe impl Send for Shared {}
// SAFETY: as above.
unsafe impl Sync for Shared {}

fn inside<'a>(operation: *mut Operation) -> &'a Inside {
    // SAFETY: the head of it, and the memory stays.
    let inside = unsafe { &*operation.cast::<Inside>() };
    assert_eq!(inside.freed.load(SeqCst), 0, "used when it was freed");
    inside
}

unsafe extern "C" fn resume(operation: *mut Operation) {
    inside(operation).turns.fetch_add(1, AcqRel);
}

unsafe extern "C" fn destroy(operation: *mut Operation) {
    let inside = inside(operation);
    // Takes part in the race detection: whoever still uses it races with this.
    inside.value.with_mut(|value| unsafe { *value = u32::MAX });
    inside.operation.waker.with_mut(|_| ());
    assert_eq!(inside.freed.fetch_add(1, SeqCst), 0, "freed twice");
}

unsafe extern "C" fn stop(operation: *mut Operation) {
    let inside = inside(operation);
    if inside.stoppable {
        inside.value.with_mut(|value| unsafe { *value += 1 });
        // SAFETY: nobody else runs it.
        assert!(!unsafe { park(operation, DONE) }, "it has an owner still");
    }
}

impl Frame {
    /// A coroutine that a thread has, to go on `steps` times.
    pub fn start(steps: u32) -> (Frame, Runner) {
        Self::new(steps, false)
    }

    /// A coroutine that goes on only when it is asked to stop, and there.
    pub fn start_stoppable() -> (Frame, Runner) {
        Self::new(1, true)
    }

    fn new(steps: u32, stoppable: bool) -> (Frame, Runner) {
        let operation = Operation {
            state: AtomicU32::new(RUNNING),
            waker: UnsafeCell::new(MaybeUninit::uninit()),
            inner: UnsafeCell::new(std::ptr::null_mut()),
            resume,
            destroy,
            stop,
        };
        let inside = Inside {
            operation,
            value: UnsafeCell::new(0),
            steps,
            turns: AtomicU32::new(1),
            freed: AtomicU32::new(0),
            stoppable,
        };
        let shared = Arc::new(Shared(Box::new(inside)));
        let wakes = Arc::new(AtomicU32::new(0));
        (
            Frame {
                inside: shared.clone(),
                wakes,
                left: false,
            },
            Runner(shared),
        )
    }

    fn operation(&self) -> *mut Operation {
        std::ptr::from_ref(&*self.inside.0).cast_mut().cast()
    }

    /// True: it is done.
    pub fn poll_once(&mut self) -> bool {
        let waker = waker(self.wakes.clone());
        // SAFETY: this is the owner.
        match unsafe { Operation::poll(self.operation(), &mut Context::from_waker(&waker)) } {
            Poll::Ready(state) => {
                assert!(state == DONE || state == ITEM);
                true
            }
            Poll::Pending => false,
        }
    }

    /// Polls when it is woken, and not before.
    pub fn block_on(&mut self) {
        let mut seen = 0;
        while !self.poll_once() {
            // A poll in `WAKING` wakes itself.
            loom::thread::yield_now();
            while self.wakes.load(Acquire) == seen {
                loom::thread::yield_now();
            }
            seen = self.wakes.load(Acquire);
        }
    }

    /// The next poll comes with another one.
    pub fn change_waker(&mut self) {
        self.wakes = Arc::new(AtomicU32::new(0));
    }

    /// Of a coroutine that is done.
    pub fn value(&self) -> u32 {
        self.inside.0.value.with(|value| unsafe { *value })
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        assert!(!std::mem::replace(&mut self.left, true));
        // SAFETY: this was the owner.
        unsafe { Operation::leave(self.operation()) };
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // Both ends are gone.
        if !std::thread::panicking() {
            assert_eq!(self.0.freed.load(SeqCst), 1, "never freed");
        }
    }
}

impl Runner {
    /// Goes on as often as it is to, parking after each time.
    pub fn run(self) {
        let operation: *mut Operation = std::ptr::from_ref(&*self.0.0).cast_mut().cast();
        let steps = self.0.0.steps;
        for step in 1..=steps {
            while self.0.0.turns.load(Acquire) < step {
                // Not resumed: the owner will not, once it is gone.
                if self.0.0.freed.load(SeqCst) == 1 {
                    return;
                }
                loom::thread::yield_now();
            }
            inside(operation)
                .value
                .with_mut(|value| unsafe { *value += 1 });
            let next = if step == steps { DONE } else { PARKED };
            // SAFETY: this runs it.
            if unsafe { park(operation, next) } {
                // SAFETY: nobody owns it.
                return unsafe { destroy(operation) };
            }
        }
    }
}

static VTABLE: RawWakerVTable = RawWakerVTable::new(
    |data| {
        let wakes = unsafe { Arc::from_raw(data.cast::<AtomicU32>()) };
        std::mem::forget(wakes.clone());
        RawWaker::new(Arc::into_raw(wakes).cast(), &VTABLE)
    },
    |data| {
        unsafe { Arc::from_raw(data.cast::<AtomicU32>()) }.fetch_add(1, AcqRel);
    },
    |data| {
        let wakes = unsafe { Arc::from_raw(data.cast::<AtomicU32>()) };
        wakes.fetch_add(1, AcqRel);
        std::mem::forget(wakes);
    },
    |data| drop(unsafe { Arc::from_raw(data.cast::<AtomicU32>()) }),
);

fn waker(wakes: Arc<AtomicU32>) -> Waker {
    unsafe { Waker::from_raw(RawWaker::new(Arc::into_raw(wakes).cast(), &VTABLE)) }
}
