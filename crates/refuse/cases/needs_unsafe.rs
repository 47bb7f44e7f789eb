#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async unsafe fn reads(text: &str) -> u32;
    }
}

fn main() {
    drop(ffi::reads("text"));
}
