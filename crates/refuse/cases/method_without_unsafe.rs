#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        type Client;
        async fn f(self: &Client);
    }
}

fn main() {}
