#[cxx_await::bridge]
mod ffi {
    struct Status {
        code: i32,
    }

    unsafe extern "C++" {
        include!("x.h");
        async fn f() -> Result<u32, Status>;
    }
}

fn main() {}
