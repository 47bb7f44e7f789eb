//! The state machine of cxx-await under loom: Rust's half is the file itself, C++'s half is ported line by line.

pub mod frame;
/// The file itself, over loom's types.
#[allow(dead_code)]
#[path = "../../cxx-await/src/operation.rs"]
mod operation;
mod park;

mod sync {
    pub(crate) use loom::cell::UnsafeCell;
    pub(crate) use loom::sync::atomic::AtomicU32;
}
