//! C++ awaits Rust.

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        async fn fetch_data(url: &str) -> Result<Vec<u8>>;
    }
}

async fn fetch_data(url: &str) -> Result<Vec<u8>, cxx::Exception> {
    Ok(url.into())
}

fn main() {}
