#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async fn f(value: *const u8);
    }
}

fn main() {}
