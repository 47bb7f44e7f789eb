//! What must not compile, and where that is told: `cases/` for Rust, `tests/cpp.rs` for C++.
