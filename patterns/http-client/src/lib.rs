// ANCHOR: bridge
//! HTTP over libcurl: C++ drives the transfers on one thread, Rust awaits them.

#[cxx::bridge(namespace = "http_client")]
mod ffi {
    /// A header of a request or of a response.
    #[derive(Clone, Debug, PartialEq)]
    struct HttpHeader {
        name: String,
        value: String,
    }

    /// What C++ must know of a request.
    struct HttpParts {
        method: String,
        url: String,
        headers: Vec<HttpHeader>,
        has_body: bool,
        /// In bytes; -1 when nobody knows it yet.
        length: i64,
        redirects: u32,
        connect_timeout_ms: u64,
        /// 0: none.
        timeout_ms: u64,
    }

    /// What is to become of bytes that arrive.
    enum Flow {
        /// They were taken.
        Go,
        /// They were not, and are to be offered again after `HttpHandle::resume`.
        Wait,
        /// They were not, and nobody wants more.
        Stop,
    }

    /// What C++ ends an exchange with.
    enum HttpErrorKind {
        None,
        Resolve,
        Connect,
        Tls,
        Timeout,
        TooManyRedirects,
        Truncated,
        Reset,
        Protocol,
        Other,
    }

    extern "Rust" {
        type HttpContext;

        fn handle_http_response(context: &HttpContext, status: u16, url: &[u8], head: &[u8]);
        fn handle_http_body(context: &HttpContext, data: &[u8]) -> Flow;
        fn fill_http_body(context: &HttpContext, room: &mut [u8]) -> isize;
        fn rewind_http_body(context: &HttpContext) -> bool;
        fn handle_http_end(context: Box<HttpContext>, kind: HttpErrorKind, text: &[u8]);
        fn wake_http_tasks();
    }

    unsafe extern "C++" {
        include!("async-http-client/include/http_client.h");

        type HttpClient;
        fn http_client() -> Result<SharedPtr<HttpClient>>;
        fn shutdown(self: &HttpClient);

        type HttpHandle;
        fn abort(self: &HttpHandle);
        fn resume(self: &HttpHandle);

        fn http_request_async(
            client: &HttpClient,
            parts: &HttpParts,
            context: Box<HttpContext>,
        ) -> Result<UniquePtr<HttpHandle>>;
    }
}

// SAFETY: what they hold does not change, and the worker behind it takes its lock.
unsafe impl Send for ffi::HttpClient {}
unsafe impl Sync for ffi::HttpClient {}
unsafe impl Send for ffi::HttpHandle {}
// ANCHOR_END: bridge

// ANCHOR: client
#[cfg(feature = "bundled-curl")]
use curl_sys as _; // links the libcurl that it has built

mod error;
mod exchange;
mod request;
mod response;
mod transfer;

pub use error::HttpError;
use exchange::{
    HttpContext, fill_http_body, handle_http_body, handle_http_end, handle_http_response,
    rewind_http_body, wake_http_tasks,
};
pub use ffi::HttpHeader;
pub use request::{BodyPieces, HttpBody, HttpRequest};
pub use response::{BodyStream, HttpResponse};
use std::future::{Future, poll_fn};
use transfer::Transfer;

/// How many bytes of a streamed body wait for Rust at most. Then the server waits.
pub const BODY_ROOM: usize = 256 << 10;

/// Connections, and the C++ thread that drives them. Dropping it aborts what is in flight and joins the thread.
pub struct HttpClient {
    shared: cxx::SharedPtr<ffi::HttpClient>,
}

impl HttpClient {
    pub fn new() -> Result<Self, HttpError> {
        let shared = ffi::http_client().map_err(|thrown| HttpError::Other(thrown.to_string()))?;
        Ok(Self { shared })
    }

    /// What dropping does, for a client that others still hold: their requests are answered with `Cancelled`.
    pub fn shutdown(&self) {
        self.shared.shutdown();
    }
}

impl Drop for HttpClient {
    fn drop(&mut self) {
        self.shutdown();
    }
}

/// GETs a URL.
pub fn http_get(
    client: &HttpClient,
    url: &str,
) -> impl Future<Output = Result<HttpResponse, HttpError>> + Send + use<> {
    http_request(client, HttpRequest::new("GET", url))
}

/// POSTs a body to a URL.
pub fn http_post(
    client: &HttpClient,
    url: &str,
    body: HttpBody,
) -> impl Future<Output = Result<HttpResponse, HttpError>> + Send + use<> {
    let request = HttpRequest::new("POST", url);
    http_request(client, HttpRequest { body, ..request })
}

/// The response with its whole body. Nothing is sent before the future is polled; dropping it aborts.
pub fn http_request(
    client: &HttpClient,
    request: HttpRequest,
) -> impl Future<Output = Result<HttpResponse, HttpError>> + Send + use<> {
    let client = client.shared.clone();
    async move {
        let mut transfer = Transfer::start(&client, request, None)?;
        poll_fn(|cx| transfer.poll_whole(cx)).await
    }
}

/// The response as soon as its head is there, and its body as it arrives. Dropping either aborts.
pub fn http_stream(
    client: &HttpClient,
    request: HttpRequest,
) -> impl Future<Output = Result<HttpResponse<BodyStream>, HttpError>> + Send + use<> {
    let client = client.shared.clone();
    async move {
        let mut transfer = Transfer::start(&client, request, Some(BODY_ROOM))?;
        let head = poll_fn(|cx| transfer.poll_head(cx)).await?;
        Ok(head.with_body(BodyStream { transfer }))
    }
}
// ANCHOR_END: client
