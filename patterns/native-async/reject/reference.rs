//! An argument that C++ would borrow for as long as a future lives.

#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("native-async/include/fetch.h");

        async fn fetch_all(urls: &Vec<String>) -> Result<Vec<String>>;
    }
}

fn main() {}
