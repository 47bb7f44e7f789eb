// ANCHOR: bad
//! A callback that panics.

use std::panic::catch_unwind;

#[cxx::bridge(namespace = "panics")]
mod ffi {
    extern "Rust" {
        fn bad_callback(samples: &[u32]) -> u32;
        fn good_callback(samples: &[u32]) -> Result<u32>;
    }

    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        fn bad_report() -> u32;
        fn good_report() -> String;
    }
}

/// Wrong: the mean of nothing is a division by zero.
fn bad_callback(samples: &[u32]) -> u32 {
    samples.iter().sum::<u32>() / samples.len() as u32
}
// ANCHOR_END: bad

// ANCHOR: good
/// A panic ends here. C++ gets an exception.
fn good_callback(samples: &[u32]) -> Result<u32, &'static str> {
    catch_unwind(|| bad_callback(samples)).map_err(|_| "the callback panicked")
}
// ANCHOR_END: good

// ANCHOR: run
pub fn bad() -> u32 {
    ffi::bad_report()
}

pub fn good() -> String {
    ffi::good_report()
}
// ANCHOR_END: run
