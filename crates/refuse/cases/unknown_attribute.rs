#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        #[inline]
        async fn f();
    }
}

fn main() {}
