//! What the tests of cxx-await run: bridges for each part of its surface, and the C++ behind them.

pub mod errors;
pub mod local;
pub mod objects;
pub mod owners;
pub mod streams;
pub mod values;
