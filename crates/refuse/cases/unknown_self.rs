#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async unsafe fn f(self: &Client);
    }
}

fn main() {}
