#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async fn f(a: &u8);
        async fn g(b: &u8);
    }
}

fn main() {}
