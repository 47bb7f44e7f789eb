#[cxx_await::bridge]
mod ffi {
    struct Status {
        code: i32,
    }

    extern "Rust" {
        async fn f() -> Result<u32, Status>;
        fn g() -> impl Stream<Item = Result<u32>>;
    }
}

async fn f() -> Result<u32, String> {
    Ok(1)
}

fn g() -> impl futures::Stream<Item = Result<u64, String>> {
    futures::stream::empty()
}

fn main() {}
