//! One function for every type of answer.

#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        fn fetch_data_async<T>(callback: fn(data: &[u8]), context: Box<T>);
    }
}

fn main() {}
