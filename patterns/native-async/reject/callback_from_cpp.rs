//! A callback that C++ gives to Rust, to be called with the bytes.

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        fn fetch_data_async(url: &str, callback: fn(data: &[u8]));
    }
}

fn fetch_data_async(url: &str, callback: fn(data: &[u8])) {
    callback(url.as_bytes());
}

fn main() {}
