#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async fn f(map: HashMap<u8, u8>);
    }
}

fn main() {}
