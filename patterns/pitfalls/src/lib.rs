//! Fourteen ways to be wrong about async between Rust and C++, each beside a way to be right.
#![expect(clippy::boxed_local, reason = "contexts cross the bridge in a Box")]

pub mod after_shutdown;
pub mod blocked;
pub mod by_reference;
pub mod called_twice;
pub mod dropped_sender;
pub mod kept_str;
pub mod leaked;
pub mod nested_block_on;
pub mod no_result;
pub mod no_runtime;
pub mod not_send;
pub mod not_utf8;
pub mod panics;
pub mod self_wake;
