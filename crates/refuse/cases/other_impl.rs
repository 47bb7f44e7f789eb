#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        fn f() -> impl Iterator<Item = u32>;
    }
}

fn main() {}
