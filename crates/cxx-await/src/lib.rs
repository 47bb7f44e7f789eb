#![warn(missing_docs)]
// Its examples are six files of one package, which doc tests are not; `crates/refuse` and `crates/tests` compile theirs.
#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
#![allow(clippy::needless_doctest_main)] // they are whole files

pub use cxx_await_macro::bridge;
#[doc(no_inline)]
pub use futures_core::Stream;

#[doc(hidden)]
#[allow(missing_docs)]
pub mod abi;
mod cpp;
mod operation;
#[allow(missing_docs)]
mod rust;
mod sync;

pub use cpp::{AnyThread, CppFuture, CppStream, OwnerThread};

/// What the generated code uses.
#[doc(hidden)]
#[allow(missing_docs)]
pub mod private {
    pub use crate::rust::*;

    /// What C++ throws that is no `E` becomes one.
    pub fn from_exception<E: From<cxx::Exception>>(thrown: cxx::Exception) -> E {
        thrown.into()
    }

    /// What a coroutine is given, and what it returns, goes where the coroutine goes.
    pub const fn assert_send<T: Send>() {}
}
