//! Streams, both ways.

use futures::{Stream, stream};

#[cxx_await::bridge(namespace = "native_async")]
pub mod ffi {
    #[derive(Debug, PartialEq)]
    struct Reading {
        station: String,
        celsius: f64,
    }

    unsafe extern "C++" {
        include!("native-async/include/readings.h");

        /// One of each station that `stations` yields.
        fn readings() -> impl Stream<Item = Result<Reading>>;
    }

    extern "Rust" {
        fn stations() -> impl Stream<Item = String>;
    }
}

fn stations() -> impl Stream<Item = String> {
    stream::iter(["Oslo", "Bergen", "", "Tromsø"].map(str::to_owned))
}
