#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        #[local]
        async fn stays() -> u32;
    }
}

fn sent<T: Send>(_: T) {}

fn main() {
    sent(ffi::stays());
}
