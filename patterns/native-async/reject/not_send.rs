//! An argument that must not leave its thread, for a coroutine that goes on on any.

use std::rc::Rc;

pub struct Counter(Rc<u32>);

#[cxx_await::bridge]
mod ffi {
    extern "Rust" {
        type Counter;
    }

    unsafe extern "C++" {
        include!("native-async/include/fetch.h");

        async fn fetch_counted(counter: Box<Counter>) -> Result<String>;
    }
}

fn main() {}
