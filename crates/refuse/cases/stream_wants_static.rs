use futures::Stream;

#[cxx_await::bridge]
mod ffi {
    extern "Rust" {
        fn names(prefix: &str) -> impl Stream<Item = u32>;
    }
}

fn names(prefix: &'static str) -> impl Stream<Item = u32> {
    futures::stream::iter(prefix.bytes().map(u32::from))
}

fn main() {}
