//! Another library with a bridge, for programs that have two: `program.rs` of cxx-await-tests has the same names.

use futures::{Stream, stream};

#[cxx_await::bridge(namespace = "second")]
pub mod ffi {
    #[derive(Debug)]
    struct Unknown {
        user: u32,
    }

    unsafe extern "C++" {
        include!("cxx-await-second/include/second.h");
        async fn greeting(user: u32) -> Result<String>;
    }

    extern "Rust" {
        async fn name_of(user: u32) -> Result<String, Unknown>;
        fn names() -> impl Stream<Item = String>;
    }
}

async fn name_of(user: u32) -> Result<String, ffi::Unknown> {
    let (sender, receiver) = futures::channel::oneshot::channel();
    std::thread::spawn(move || sender.send(()));
    receiver.await.unwrap();
    match user {
        0 => Err(ffi::Unknown { user }),
        _ => Ok(format!("second {user}")),
    }
}

fn names() -> impl Stream<Item = String> {
    stream::iter(["Ada", "Grace"].map(str::to_owned))
}
