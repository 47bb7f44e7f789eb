//! What the C++ header calls, and the types that the generated code names. Not for others.
//!
//! The `1` in the names is the version of this interface: a header of another one does not link.

pub use crate::operation::{Operation, Polled};
use crate::operation::{RUNNING, WakerParts};
use crate::rust::{all_done, any_done, quietly};
use std::mem::ManuallyDrop;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Operation>() == 56);

// SAFETY: the C++ type of this name, of which Rust and cxx see pointers only.
unsafe impl cxx::ExternType for Operation {
    type Id = cxx::type_id!("cxx_await::Operation");
    type Kind = cxx::kind::Opaque;
}

// SAFETY: as above.
unsafe impl cxx::ExternType for Polled {
    type Id = cxx::type_id!("cxx_await::Polled");
    type Kind = cxx::kind::Opaque;
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cxx_await_1_wake(parts: WakerParts) {
    // SAFETY: C++ has taken the waker out of its operation, once.
    quietly(|| unsafe { parts.into_waker() }.wake());
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cxx_await_1_drop_waker(parts: WakerParts) {
    // SAFETY: as above.
    quietly(|| drop(unsafe { parts.into_waker() }));
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cxx_await_1_drop_polled(polled: *mut Polled) {
    // SAFETY: C++ owns it.
    quietly(|| unsafe { ((*polled).drop)(polled) });
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cxx_await_1_ready(polled: *const Polled) -> u32 {
    // SAFETY: C++ owns it, and the owner of its coroutine does not poll at the same time.
    unsafe { (*polled).ready }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cxx_await_1_drop(operation: *mut Operation) {
    // SAFETY: C++ is the owner.
    quietly(|| unsafe { Operation::leave(operation) });
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cxx_await_1_any(
    operations: *const *mut Operation,
    count: usize,
) -> *mut Polled {
    // SAFETY: C++ keeps them beside the future, and lets nobody else poll them.
    unsafe { any_done(std::slice::from_raw_parts(operations, count)) }
}

#[unsafe(no_mangle)]
unsafe extern "C" fn cxx_await_1_all(
    operations: *const *mut Operation,
    count: usize,
) -> *mut Polled {
    // SAFETY: as above.
    unsafe { all_done(std::slice::from_raw_parts(operations, count)) }
}

/// The head of C++'s `detail::Waker`.
#[repr(C)]
struct CppWaker {
    clone: unsafe extern "C" fn(*const ()),
    notify: unsafe extern "C" fn(*const ()),
    drop: unsafe extern "C" fn(*const ()),
}

static CPP_WAKER: RawWakerVTable = RawWakerVTable::new(
    // SAFETY: the pointer is of a `CppWaker` that counts its wakers, here and below.
    |waker| unsafe {
        ((*waker.cast::<CppWaker>()).clone)(waker);
        RawWaker::new(waker, &CPP_WAKER)
    },
    |waker| unsafe {
        let head = waker.cast::<CppWaker>();
        ((*head).notify)(waker);
        ((*head).drop)(waker);
    },
    |waker| unsafe { ((*waker.cast::<CppWaker>()).notify)(waker) },
    |waker| unsafe { ((*waker.cast::<CppWaker>()).drop)(waker) },
);

#[unsafe(no_mangle)]
unsafe extern "C" fn cxx_await_1_poll(operation: *mut Operation, waker: *const ()) -> u32 {
    // SAFETY: borrowed for this call; the count of C++ stays with it.
    let waker = ManuallyDrop::new(unsafe { Waker::from_raw(RawWaker::new(waker, &CPP_WAKER)) });
    // SAFETY: C++ is the owner.
    match unsafe { Operation::poll(operation, &mut Context::from_waker(&waker)) } {
        Poll::Ready(state) => state,
        Poll::Pending => RUNNING,
    }
}
