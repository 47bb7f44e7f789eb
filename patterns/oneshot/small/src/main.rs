use futures::{channel::oneshot, executor::block_on};

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        type AsyncContext;
    }
    unsafe extern "C++" {
        include!("oneshot-small/include/fetch.h");
        type FetchHandle;
        fn fetch_data(
            url: &str,
            done: fn(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String),
            context: Box<AsyncContext>,
        ) -> Result<UniquePtr<FetchHandle>>;
    }
}

struct AsyncContext(oneshot::Sender<Result<Vec<u8>, String>>);
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn handle_fetch_result(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
    let result = if ok { Ok(data.to_vec()) } else { Err(error) };
    let _ = context.0.send(result);
}

async fn fetch_data(url: &str) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let (sender, receiver) = oneshot::channel();
    let _thread = ffi::fetch_data(url, handle_fetch_result, Box::new(AsyncContext(sender)))?;
    Ok(receiver.await??)
}

fn main() {
    for url in ["https://example.com", "gopher://example.com"] {
        println!("{:?}", block_on(fetch_data(url)).map(|data| data.len()));
    }
}
