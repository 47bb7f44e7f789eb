//! A call that borrows, made as if it were safe.

#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("native-async/include/fetch.h");

        async unsafe fn fetch_all(urls: &Vec<String>) -> Result<Vec<String>>;
    }
}

fn main() {
    drop(ffi::fetch_all(&vec![]));
}
