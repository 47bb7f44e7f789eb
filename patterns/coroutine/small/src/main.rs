use futures::{channel::oneshot, executor::block_on};

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        type Completion;
        fn complete(done: Box<Completion>, ok: bool, text: &CxxString);
    }
    unsafe extern "C++" {
        include!("coroutine-small/include/fetch.h");
        type Fetch;
        fn fetch_data_async_coro(url: &str, done: Box<Completion>) -> Result<UniquePtr<Fetch>>;
    }
}

struct Completion(oneshot::Sender<Result<Vec<u8>, String>>);
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn complete(done: Box<Completion>, ok: bool, text: &cxx::CxxString) {
    let bytes = text.as_bytes().to_vec();
    let result = if ok { Ok(bytes) } else { Err(text.to_string()) };
    let _ = done.0.send(result);
}

async fn fetch_data(url: &str) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let (sender, receiver) = oneshot::channel();
    let _thread = ffi::fetch_data_async_coro(url, Box::new(Completion(sender)))?;
    Ok(receiver.await??)
}

fn main() {
    for url in ["https://example.com", "gopher://example.com"] {
        println!("{:?}", block_on(fetch_data(url)).map(|data| data.len()));
    }
}
