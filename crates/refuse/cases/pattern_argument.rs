#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async fn f((a, b): (u32, u32));
    }
}

fn main() {}
