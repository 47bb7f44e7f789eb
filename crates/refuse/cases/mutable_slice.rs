#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async fn f(numbers: &mut [u8]);
    }
}

fn main() {}
