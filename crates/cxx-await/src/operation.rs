//! A coroutine as its owner sees it: the state machine that keeps Rust, which polls and drops, and C++, which runs the
//! coroutine on any thread, apart. C++'s half is `park` in `cxx_await/operation.h`; `crates/loom` checks this file and
//! a port of that one in all orders.

use crate::sync::{AtomicU32, UnsafeCell};
use std::mem::{ManuallyDrop, MaybeUninit};
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// C++ has the frame, and nobody is to be woken.
pub(crate) const RUNNING: u32 = 0;
/// C++ has the frame, and is to wake `waker`.
pub(crate) const WAITING: u32 = 1;
/// C++ has taken `waker`, and is about to park.
pub(crate) const WAKING: u32 = 2;
/// The owner is gone: who would park destroys.
pub(crate) const DETACHED: u32 = 3;
/// The owner has the frame from here on. Its next poll resumes.
pub(crate) const PARKED: u32 = 4;
/// As `PARKED`, when `inner` is ready, which the owner polls.
pub(crate) const INNER: u32 = 5;
/// It has yielded.
pub(crate) const ITEM: u32 = 6;
/// It has returned, or thrown.
pub(crate) const DONE: u32 = 7;

/// A `Waker` in two words. Not the layout of `Waker`, which nobody may know.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct WakerParts {
    data: *const (),
    vtable: *const RawWakerVTable,
}

impl WakerParts {
    pub(crate) fn of(waker: Waker) -> Self {
        let waker = ManuallyDrop::new(waker);
        WakerParts {
            data: waker.data(),
            vtable: waker.vtable(),
        }
    }

    /// # Safety
    /// At most once for each `of`.
    pub(crate) unsafe fn into_waker(self) -> Waker {
        // SAFETY: both are of one waker, which `of` has taken apart.
        unsafe { Waker::from_raw(RawWaker::new(self.data, &*self.vtable)) }
    }

    fn is_of(&self, waker: &Waker) -> bool {
        self.data == waker.data() && std::ptr::eq(self.vtable, waker.vtable())
    }
}

/// The head of a Rust future or stream in a box, which a coroutine awaits.
#[repr(C)]
pub struct Polled {
    pub(crate) poll: unsafe fn(*mut Polled, &mut Context) -> Poll<()>,
    pub(crate) drop: unsafe fn(*mut Polled),
    /// 0: not yet, 1: a value or an error, 2: the end of a stream.
    pub(crate) ready: u32,
}

/// The head of every coroutine's frame. C++ makes it.
#[repr(C)]
pub struct Operation {
    pub(crate) state: AtomicU32,
    pub(crate) waker: UnsafeCell<MaybeUninit<WakerParts>>,
    pub(crate) inner: UnsafeCell<*mut Polled>,
    pub(crate) resume: unsafe extern "C" fn(*mut Operation),
    pub(crate) destroy: unsafe extern "C" fn(*mut Operation),
    pub(crate) stop: unsafe extern "C" fn(*mut Operation),
}

impl Operation {
    /// Runs the coroutine until it has yielded (`ITEM`), ended (`DONE`), or waits for what will wake `context`.
    ///
    /// # Safety
    /// By the owner, and not beside another call of the owner's.
    pub(crate) unsafe fn poll(this: *mut Self, context: &mut Context) -> Poll<u32> {
        // SAFETY: the frame lives until the owner leaves.
        let operation = unsafe { &*this };
        loop {
            match operation.state.load(Acquire) {
                // SAFETY: parked, so it is the owner's.
                PARKED => unsafe { Self::resume(this) },
                INNER => {
                    // SAFETY: as above; C++ keeps what it awaits in the frame.
                    let ready = operation
                        .inner
                        .with(|inner| unsafe { ((**inner).poll)(*inner, context) });
                    if ready.is_pending() {
                        return Poll::Pending;
                    }
                    // SAFETY: as above.
                    unsafe { Self::resume(this) }
                }
                RUNNING => {
                    // Cloned and dropped by code of the caller's, which may panic: nothing is half done here.
                    let parts = WakerParts::of(context.waker().clone());
                    if operation.offer(parts) {
                        return Poll::Pending;
                    }
                    // SAFETY: C++ has not seen it.
                    drop(unsafe { parts.into_waker() });
                }
                WAITING => {
                    let Some(old) = operation.take_back() else {
                        continue;
                    };
                    if old.is_of(context.waker()) {
                        if operation.offer(old) {
                            return Poll::Pending;
                        }
                        // SAFETY: taken back, and C++ has not seen it since.
                        drop(unsafe { old.into_waker() });
                        continue;
                    }
                    // The new one first, so that the coroutine does not park without one while the old is dropped.
                    let new = WakerParts::of(context.waker().clone());
                    // SAFETY: taken back.
                    let old = unsafe { old.into_waker() };
                    if operation.offer(new) {
                        drop(old);
                        return Poll::Pending;
                    }
                    // SAFETY: C++ has not seen it.
                    drop(unsafe { new.into_waker() });
                }
                WAKING => {
                    // C++ parks before it wakes, so the waker it has taken will be woken after this poll began. Of
                    // another one it knows nothing.
                    // SAFETY: nobody writes the slot in this state.
                    let taken = operation
                        .waker
                        .with(|waker| unsafe { (*waker).assume_init() });
                    if !taken.is_of(context.waker()) {
                        context.waker().wake_by_ref();
                    }
                    return Poll::Pending;
                }
                state => {
                    debug_assert!(state == ITEM || state == DONE, "polled in state {state}");
                    return Poll::Ready(state);
                }
            }
        }
    }

    /// Gives C++ a waker. False: it has parked in the meantime, and the waker is still the caller's.
    fn offer(&self, parts: WakerParts) -> bool {
        // SAFETY: C++ reads the slot only when the state is `WAITING`.
        self.waker
            .with_mut(|waker| unsafe { (*waker).write(parts) });
        self.state
            .compare_exchange(RUNNING, WAITING, AcqRel, Acquire)
            .is_ok()
    }

    /// Takes the waker back. None: C++ has taken it first.
    fn take_back(&self) -> Option<WakerParts> {
        self.state
            .compare_exchange(WAITING, RUNNING, AcqRel, Acquire)
            .ok()?;
        // SAFETY: the state was `WAITING`, so the slot is filled, and it is the owner's again.
        Some(self.waker.with(|waker| unsafe { (*waker).assume_init() }))
    }

    unsafe fn resume(this: *mut Self) {
        // SAFETY: by the caller. Nothing is borrowed while the coroutine runs.
        unsafe {
            (*this).state.store(RUNNING, Relaxed);
            ((*this).resume)(this);
        }
    }

    /// An item has been taken: the next poll goes on.
    ///
    /// # Safety
    /// By the owner, in `ITEM`.
    pub(crate) unsafe fn take_item(this: *mut Self) {
        // SAFETY: the owner's.
        unsafe { (*this).state.store(PARKED, Relaxed) };
    }

    /// The owner leaves. A parked coroutine is destroyed here and now; one that runs is asked to stop, and destroys
    /// itself when it next would park. It never waits.
    ///
    /// # Safety
    /// By the owner, as its last call.
    pub(crate) unsafe fn leave(this: *mut Self) {
        // Dropped last, even when that panics: it is the caller's code.
        let mut _waker = None;
        loop {
            // SAFETY: the frame lives until the owner leaves.
            let operation = unsafe { &*this };
            match operation.state.load(Acquire) {
                WAITING => {
                    if let Some(parts) = operation.take_back() {
                        // SAFETY: taken back.
                        _waker = Some(unsafe { parts.into_waker() });
                    }
                }
                RUNNING | WAKING => {
                    // Before it is given up: its frame holds what is asked to stop.
                    // SAFETY: not given up yet.
                    unsafe { (operation.stop)(this) };
                    if operation.state.swap(DETACHED, AcqRel) < PARKED {
                        return;
                    }
                    // SAFETY: it has parked, and so is the owner's.
                    return unsafe { ((*this).destroy)(this) };
                }
                // SAFETY: as above.
                _ => return unsafe { ((*this).destroy)(this) },
            }
        }
    }
}
