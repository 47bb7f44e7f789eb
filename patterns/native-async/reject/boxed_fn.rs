//! A closure, in a box.

#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        fn fetch_data_async(url: &str, callback: Box<dyn FnOnce(&[u8])>);
    }
}

fn main() {}
