//! `park` of `cxx_await/operation.h`, beside its lines.

use crate::operation::{DETACHED, Operation, RUNNING, WAITING, WAKING, WakerParts};
use std::sync::atomic::Ordering::{AcqRel, Acquire};

/// # Safety
/// By who runs the coroutine, which touches nothing of it after.
pub(crate) unsafe fn park(this: *mut Operation, next: u32) -> bool {
    let operation = unsafe { &*this };
    // std::uint32_t state = operation->state.load(std::memory_order_acquire);
    let mut state = operation.state.load(Acquire);
    // for (;;) {
    loop {
        // if (state == Running) {
        if state == RUNNING {
            // if (compare_exchange_weak(state, next, acq_rel, acquire)) return false;
            match operation
                .state
                .compare_exchange_weak(state, next, AcqRel, Acquire)
            {
                Ok(_) => return false,
                Err(now) => state = now,
            }
            // } else if (state == Waiting) {
        } else if state == WAITING {
            // if (!compare_exchange_weak(state, Waking, acq_rel, acquire)) continue;
            if let Err(now) = operation
                .state
                .compare_exchange_weak(state, WAKING, AcqRel, Acquire)
            {
                state = now;
                continue;
            }
            // const RawWaker waker = operation->waker;
            let waker: WakerParts = operation
                .waker
                .with(|waker| unsafe { (*waker).assume_init() });
            // if (operation->state.exchange(next, acq_rel) == Detached) {
            if operation.state.swap(next, AcqRel) == DETACHED {
                // cxx_await_1_drop_waker(waker);
                drop(unsafe { waker.into_waker() });
                return true;
            }
            // cxx_await_1_wake(waker);
            unsafe { waker.into_waker() }.wake();
            return false;
        } else {
            // Detached
            return true;
        }
    }
}
