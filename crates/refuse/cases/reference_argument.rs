#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        async fn f(numbers: &Vec<u32>);
    }
}

fn main() {}
