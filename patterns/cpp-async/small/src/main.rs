// ANCHOR: shared
use futures::{channel::oneshot, executor::block_on};
use std::{error::Error, thread};

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        type AsyncContext;
        fn handle_fetch_result(context: Box<AsyncContext>, ok: bool, text: &CxxString);
    }
    unsafe extern "C++" {
        include!("cpp-async-small/include/models.h");
        type Fetch;
        fn fetch_callback(url: &str, context: Box<AsyncContext>) -> Result<UniquePtr<Fetch>>;
        fn fetch_future(url: &str) -> Result<UniquePtr<CxxString>>;
        fn fetch_asio(url: &str, context: Box<AsyncContext>) -> Result<UniquePtr<Fetch>>;
    }
}

struct AsyncContext(oneshot::Sender<Result<Vec<u8>, String>>);
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn handle_fetch_result(context: Box<AsyncContext>, ok: bool, text: &cxx::CxxString) {
    let bytes = text.as_bytes().to_vec();
    let result = if ok { Ok(bytes) } else { Err(text.to_string()) };
    let _ = context.0.send(result);
}
type Fetched = Result<Vec<u8>, Box<dyn Error + Send + Sync>>;

fn main() {
    let len = |data: Vec<u8>| data.len();
    for url in ["https://example.com", "gopher://example.com"] {
        println!("{:?}", block_on(fetch_data_callback(url)).map(len));
        println!("{:?}", block_on(fetch_data_future(url)).map(len));
        println!("{:?}", block_on(fetch_data_asio(url)).map(len));
    }
}
// ANCHOR_END: shared

// ANCHOR: callback
async fn fetch_data_callback(url: &str) -> Fetched {
    let (sender, receiver) = oneshot::channel();
    let _thread = ffi::fetch_callback(url, Box::new(AsyncContext(sender)))?;
    Ok(receiver.await??)
}
// ANCHOR_END: callback

// ANCHOR: future
async fn fetch_data_future(url: &str) -> Fetched {
    let (sender, receiver) = oneshot::channel();
    let url = url.to_owned();
    let wait = move || sender.send(ffi::fetch_future(&url));
    thread::Builder::new().spawn(wait)?;
    Ok(receiver.await??.as_bytes().to_vec())
}
// ANCHOR_END: future

// ANCHOR: asio
async fn fetch_data_asio(url: &str) -> Fetched {
    let (sender, receiver) = oneshot::channel();
    let _thread = ffi::fetch_asio(url, Box::new(AsyncContext(sender)))?;
    Ok(receiver.await??)
}
// ANCHOR_END: asio
