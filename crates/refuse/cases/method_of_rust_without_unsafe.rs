#[cxx_await::bridge]
mod ffi {
    extern "Rust" {
        type Store;
        async fn f(&self);
    }
}

fn main() {}
