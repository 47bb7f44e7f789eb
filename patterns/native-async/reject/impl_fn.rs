//! A closure, by its trait.

#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        fn fetch_data_async(url: &str, callback: impl FnOnce(&[u8]));
    }
}

fn main() {}
