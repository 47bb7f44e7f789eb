use curl_sys as _; // keeps libcurl linked
use futures::{channel::oneshot, executor::block_on};

#[cxx::bridge]
mod ffi {
    extern "Rust" {
        type HttpContext;
    }
    unsafe extern "C++" {
        include!("http-client-small/include/http_get.h");
        type HttpRequest;
        fn http_get(
            simulated: bool,
            url: &str,
            done: fn(context: Box<HttpContext>, ok: bool, body: &[u8], error: String),
            context: Box<HttpContext>,
        ) -> Result<UniquePtr<HttpRequest>>;
    }
}

struct HttpContext(oneshot::Sender<Result<Vec<u8>, String>>);
#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn handle_result(context: Box<HttpContext>, ok: bool, body: &[u8], error: String) {
    let result = if ok { Ok(body.to_vec()) } else { Err(error) };
    let _ = context.0.send(result);
}

type HttpResult = Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>>;

async fn http_get(simulated: bool, url: &str) -> HttpResult {
    let (sender, receiver) = oneshot::channel();
    let _request = ffi::http_get(simulated, url, handle_result, Box::new(HttpContext(sender)))?;
    Ok(receiver.await??)
}

fn main() {
    let body = match std::env::args().nth(1) {
        Some(url) => block_on(http_get(false, &url)),
        None => block_on(http_get(true, "https://example.com")),
    };
    println!("{:?}", body.map(String::from_utf8));
}
