//! Streams, both ways, and generators that C++ consumes itself.

use futures::Stream;
use futures::stream;

#[cxx_await::bridge(namespace = "streams")]
pub mod ffi {
    #[derive(Clone, Debug, PartialEq)]
    struct Event {
        topic: String,
        number: u32,
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Broken {
        at: u32,
    }

    unsafe extern "C++" {
        include!("cxx-await-tests/include/streams.h");

        fn counted(count: u32) -> impl Stream<Item = u32>;
        /// Awaits a thread before every other event; throws at the fifth.
        fn events(topic: &str, count: u32) -> impl Stream<Item = Result<Event>>;
        /// Throws a `Broken` at `at`, and an int at zero.
        fn breaks(at: u32) -> impl Stream<Item = Result<u32, Broken>>;
        fn throws_at_once() -> impl Stream<Item = Result<u32, Broken>>;
        fn endless() -> impl Stream<Item = u32>;

        /// Filled by a thread, with at most `capacity` in between.
        fn filled(count: u32, capacity: usize) -> impl Stream<Item = Event>;
        fn filled_by_coroutine(count: u32, capacity: usize) -> impl Stream<Item = u32>;
        fn filled_then_failed(count: u32) -> impl Stream<Item = Result<u32>>;
        fn batches(count: u32, capacity: usize) -> impl Stream<Item = Vec<u32>>;
        /// Nobody sends, and nobody ends it.
        fn silent() -> impl Stream<Item = u32>;
        /// How many were refused as nobody listened; how many were sent at most before they were received.
        fn refused() -> u64;
        fn ahead() -> u64;

        async fn sum_of_generator(count: u32) -> Result<u64>;
        async fn generator_fails() -> Result<String>;
        async fn sum_of_rust(count: u32) -> u64;
        async fn names_of_rust(prefix: &str) -> Vec<String>;
        async fn rust_breaks(at: u32) -> String;
        async fn rust_panics() -> String;
        async fn leaves_rust_early(count: u32) -> u64;

        fn frames() -> u64;
    }

    extern "Rust" {
        fn numbers(count: u32) -> impl Stream<Item = u32>;
        fn names(prefix: &str, count: u32) -> impl Stream<Item = String>;
        fn breaking(at: u32) -> impl Stream<Item = Result<u32, Broken>>;
        fn failing(at: u32) -> impl Stream<Item = Result<u32>>;
        fn panicking() -> impl Stream<Item = u32>;
    }
}

impl From<cxx::Exception> for ffi::Broken {
    fn from(thrown: cxx::Exception) -> Self {
        ffi::Broken {
            at: 1000 + u32::try_from(thrown.what().len()).unwrap(),
        }
    }
}

fn numbers(count: u32) -> impl Stream<Item = u32> {
    stream::iter(0..count)
}

// Borrows its prefix for as long as it lives.
fn names(prefix: &str, count: u32) -> impl Stream<Item = String> {
    stream::iter((0..count).map(move |n| format!("{prefix}{n}")))
}

fn breaking(at: u32) -> impl Stream<Item = Result<u32, ffi::Broken>> {
    stream::iter((0..=at).map(move |n| {
        if n < at {
            Ok(n)
        } else {
            Err(ffi::Broken { at })
        }
    }))
}

fn failing(at: u32) -> impl Stream<Item = Result<u32, std::io::Error>> {
    stream::iter((0..=at).map(move |n| {
        if n < at {
            Ok(n)
        } else {
            Err(std::io::Error::other("failed"))
        }
    }))
}

fn panicking() -> impl Stream<Item = u32> {
    stream::iter((0..).map(|n| if n < 2 { n } else { panic!("at {n}") }))
}
