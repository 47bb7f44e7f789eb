#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async unsafe fn reads<'a>(text: &'a str) -> u32;
    }
}

fn main() {
    let future = {
        let text = String::from("gone");
        unsafe { ffi::reads(&text) }
    };
    drop(future);
}
