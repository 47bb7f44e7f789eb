#[cxx_await::bridge]
mod ffi {
    extern "Rust" {
        async fn f() -> u32;
    }
}

async fn f() -> String {
    String::new()
}

fn main() {}
