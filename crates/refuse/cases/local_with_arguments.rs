#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        #[local(always)]
        async fn f();
    }
}

fn main() {}
