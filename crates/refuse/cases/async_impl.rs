#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async fn f() -> impl Send;
    }
}

fn main() {}
