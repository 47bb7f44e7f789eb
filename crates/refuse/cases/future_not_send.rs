#[cxx_await::bridge]
mod ffi {
    extern "Rust" {
        async fn holds() -> u32;
    }
}

async fn holds() -> u32 {
    let shared = std::rc::Rc::new(1);
    std::future::ready(()).await;
    *shared
}

fn main() {}
