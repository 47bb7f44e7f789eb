//! A callback that tells C++ whether it worked. What a callback has to say goes through its context.

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        type AsyncContext;
    }

    unsafe extern "C++" {
        fn fetch_data_async(
            callback: fn(context: Box<AsyncContext>, data: &[u8]) -> Result<()>,
            context: Box<AsyncContext>,
        );
    }
}

pub struct AsyncContext;

fn main() {}
