//! Every type that cxx passes, both ways.

#[cxx_await::bridge(namespace = "values")]
pub mod ffi {
    #[derive(Clone, Debug, PartialEq)]
    struct Event {
        topic: String,
        number: u32,
    }

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Color {
        Red,
        Green,
    }

    unsafe extern "C++" {
        include!("cxx-await-tests/include/values.h");

        type Client;
        fn new_client(name: &str) -> SharedPtr<Client>;

        async fn add(a: i32, b: i32) -> i32;
        async fn nothing();
        async fn nothing_or_error() -> Result<()>;
        async fn float_and_bool(x: f64, yes: bool) -> f64;
        async fn text(text: &str) -> String;
        async fn owned_text(text: String) -> String;
        async fn bytes(bytes: &[u8]) -> Vec<u8>;
        async fn names(names: Vec<String>) -> Vec<String>;
        async fn event(event: Event) -> Event;
        async fn color(color: Color) -> Color;
        async fn counter(counter: Box<Counter>) -> Box<Counter>;
        async fn unique(text: UniquePtr<CxxString>) -> UniquePtr<CxxString>;
        async fn client_name(client: SharedPtr<Client>) -> UniquePtr<CxxString>;
        async fn events(count: u32) -> Vec<Event>;

        /// A name of its own in Rust.
        #[cxx_name = "add"]
        async fn plus(a: i32, b: i32) -> i32;
        #[rust_name = "minus"]
        async fn subtract(a: i32, b: i32) -> i32;
        #[namespace = "elsewhere"]
        async fn far_away() -> u32;
        #[cfg(feature = "absent")]
        async fn absent() -> u32;
        #[cfg(feature = "present")]
        async fn present() -> u32;
        pub(crate) async fn inside() -> u32;

        /// Not a `Task`, but something that can be awaited.
        async fn doubled(n: i32) -> i32;

        /// Awaits all functions of Rust.
        async fn round_trip() -> Result<u32>;

        fn frames() -> u64;
        fn hold_worker(held: bool);
    }

    extern "Rust" {
        type Counter;
        fn count(self: &Counter) -> u32;

        async fn rust_add(a: i32, b: i32) -> i32;
        async fn rust_nothing();
        async fn rust_text(text: &str) -> String;
        async fn rust_bytes(bytes: &[u8]) -> Vec<u8>;
        async fn rust_event(event: Event) -> Event;
        async fn rust_color(color: Color) -> Color;
        async fn rust_counter(counter: Box<Counter>) -> Box<Counter>;
        async fn rust_unique(text: UniquePtr<CxxString>) -> UniquePtr<CxxString>;
        async fn rust_client(client: SharedPtr<Client>) -> SharedPtr<Client>;
        async fn rust_names(names: Vec<String>) -> Vec<String>;
        #[cxx_name = "rustPlus"]
        async fn rust_plus(a: i32, b: i32) -> i32;
        #[namespace = "elsewhere"]
        async fn rust_far_away() -> u32;
        #[cfg(feature = "absent")]
        async fn rust_absent() -> u32;
        #[cfg(feature = "present")]
        async fn rust_present() -> u32;
    }
}

// SAFETY: nobody changes a client.
unsafe impl Send for ffi::Client {}
// SAFETY: as above.
unsafe impl Sync for ffi::Client {}

pub struct Counter(pub u32);

impl Counter {
    fn count(&self) -> u32 {
        self.0
    }
}

/// `pub(crate)` in the bridge.
pub async fn call_inside() -> u32 {
    ffi::inside().await
}

async fn rust_add(a: i32, b: i32) -> i32 {
    crate::wait_for_thread().await;
    a + b
}

async fn rust_nothing() {
    crate::wait_for_thread().await;
}

async fn rust_text(text: &str) -> String {
    crate::wait_for_thread().await;
    text.to_uppercase()
}

async fn rust_bytes(bytes: &[u8]) -> Vec<u8> {
    crate::wait_for_thread().await;
    bytes.iter().rev().copied().collect()
}

async fn rust_event(event: ffi::Event) -> ffi::Event {
    ffi::Event {
        number: event.number + 1,
        ..event
    }
}

async fn rust_color(color: ffi::Color) -> ffi::Color {
    if color == ffi::Color::Red {
        ffi::Color::Green
    } else {
        ffi::Color::Red
    }
}

async fn rust_counter(counter: Box<Counter>) -> Box<Counter> {
    Box::new(Counter(counter.0 + 1))
}

async fn rust_unique(text: cxx::UniquePtr<cxx::CxxString>) -> cxx::UniquePtr<cxx::CxxString> {
    text
}

async fn rust_client(client: cxx::SharedPtr<ffi::Client>) -> cxx::SharedPtr<ffi::Client> {
    client
}

async fn rust_names(names: Vec<String>) -> Vec<String> {
    names.into_iter().rev().collect()
}

async fn rust_plus(a: i32, b: i32) -> i32 {
    a + b
}

async fn rust_far_away() -> u32 {
    7
}

#[cfg(feature = "present")]
async fn rust_present() -> u32 {
    8
}
