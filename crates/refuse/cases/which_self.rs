#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        type Client;
        type Server;
        async unsafe fn f(&self);
    }
}

fn main() {}
