// ANCHOR: bridge
//! Rust produces, C++ consumes.

#[cxx_await::bridge(namespace = "rust_stream")]
pub mod ffi {
    #[derive(Debug, Clone, PartialEq, Eq)]
    struct Event {
        number: u32,
        text: String,
    }

    extern "Rust" {
        fn events(topic: &str) -> impl Stream<Item = Result<Event>>;
        async fn store(event: Event) -> Result<()>;
    }

    unsafe extern "C++" {
        include!("rust-stream/include/consumer.h");

        /// Stores the events of a topic, and says how many.
        async fn consume(topic: &str) -> Result<u32>;
        /// Takes `count` of them and leaves the rest.
        async fn consume_some(topic: &str, count: u32) -> Result<Vec<Event>>;
    }
}
// ANCHOR_END: bridge

// ANCHOR: modules
mod events;
pub mod sensor;
mod store;

use events::events;
pub use events::{CAPACITY, made, producing};
use store::store;
pub use store::{most_ahead, stored};
// ANCHOR_END: modules
