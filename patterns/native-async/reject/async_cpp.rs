//! Rust awaits C++.

#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("native-async/include/callback.h");

        async fn fetch_data(url: &str) -> Result<Vec<u8>>;
    }
}

pub async fn page() -> Result<Vec<u8>, cxx::Exception> {
    ffi::fetch_data("data:,awaited").await
}

fn main() {}
