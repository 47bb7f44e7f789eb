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

    /// One exchange, as C++ must know it.
    struct HttpParts {
        method: String,
        url: String,
        /// The host, and the port where it is not that of the scheme.
        authority: String,
        /// The path and the query.
        target: String,
        /// Of the host; empty where the URL has an address.
        name: String,
        port: u16,
        addresses: Vec<String>,
        headers: Vec<HttpHeader>,
        has_body: bool,
        /// In bytes; -1 when nobody knows it yet.
        length: i64,
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

        fn handle_http_response(context: &HttpContext, status: u16, head: &[u8]);
        fn handle_http_body(context: &HttpContext, data: &[u8]) -> Flow;
        fn fill_http_body(context: &HttpContext, room: &mut [u8]) -> isize;
        fn rewind_http_body(context: &HttpContext) -> bool;
        fn handle_http_end(context: Box<HttpContext>, kind: HttpErrorKind, text: &[u8]);

        type HttpResolver;

        fn wake_http_tasks(resolver: &HttpResolver) -> u64;
    }

    unsafe extern "C++" {
        include!("async-http-client/include/http_client.h");

        type HttpWorker;

        fn http_worker() -> Result<SharedPtr<HttpWorker>>;
        fn run(self: &HttpWorker, resolver: &HttpResolver);
        fn start(self: &HttpWorker, parts: &HttpParts, context: Box<HttpContext>) -> Result<u64>;
        fn resume(self: &HttpWorker, id: u64);
        fn abort(self: &HttpWorker, id: u64);
        fn wake(self: &HttpWorker);
        fn close(self: &HttpWorker);
    }
}

// SAFETY: one thread runs it, and for all others it takes its lock.
unsafe impl Send for ffi::HttpWorker {}
unsafe impl Sync for ffi::HttpWorker {}
// ANCHOR_END: bridge

// ANCHOR: client
#[cfg(feature = "bundled-curl")]
use curl_sys as _; // links the libcurl that it has built

mod error;
mod exchange;
mod hop;
mod request;
mod resolver;
mod response;
mod transfer;

pub use error::HttpError;
use exchange::{
    HttpContext, fill_http_body, handle_http_body, handle_http_end, handle_http_response, lock,
    rewind_http_body, wake_http_tasks,
};
pub use ffi::HttpHeader;
pub use request::{BodyPieces, HttpBody, HttpRequest};
use resolver::HttpResolver;
pub use response::{BodyStream, HttpResponse};
#[cfg(not(feature = "beast"))]
use std::env;
use std::future::Future;
use std::mem::forget;
use std::process;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Instant;
use transfer::Transfer;
use url::{Host, Url};

/// How many bytes of a streamed body wait for Rust at most. Then the server waits.
pub const BODY_ROOM: usize = 256 << 10;

/// Connections, and the thread on which C++ drives them. Dropping it aborts what is in flight and joins the thread.
pub struct HttpClient {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
    thread_id: thread::ThreadId,
}

/// What the exchanges need of a client, whether it lives or not.
struct Shared {
    worker: cxx::SharedPtr<ffi::HttpWorker>,
    resolver: Arc<HttpResolver>,
    process: u32,
}

impl HttpClient {
    pub fn new() -> Result<Self, HttpError> {
        // libcurl would write the secrets of its connections to the file that this variable names.
        #[cfg(not(feature = "beast"))]
        if env::var_os("SSLKEYLOGFILE").is_some() {
            // SAFETY: Rust has a lock for this, and C's unsetenv frees nothing that C's getenv may still read.
            unsafe { env::remove_var("SSLKEYLOGFILE") };
        }
        let failed = |error: &dyn std::fmt::Display| HttpError::Other(error.to_string());
        let shared = Arc::new(Shared {
            worker: ffi::http_worker().map_err(|thrown| failed(&thrown))?,
            resolver: Arc::default(),
            process: process::id(),
        });
        let (worker, resolver) = (shared.worker.clone(), shared.resolver.clone());
        let thread = thread::Builder::new()
            .name("http-client".to_owned())
            .spawn(move || {
                worker.run(&resolver);
                resolver.close();
            })
            .map_err(|error| failed(&error))?;
        Ok(Self {
            shared,
            thread_id: thread.thread().id(),
            thread: Mutex::new(Some(thread)),
        })
    }

    /// What dropping does, for a client that others still hold: their requests are answered with `Cancelled`.
    pub fn shutdown(&self) {
        if self.shared.is_inherited() {
            return;
        }
        self.shared.worker.close();
        // A waker may call this on that thread, which cannot wait for itself.
        if thread::current().id() != self.thread_id
            && let Some(thread) = lock(&self.thread).take()
        {
            let _ = thread.join();
        }
    }
}

impl Drop for HttpClient {
    fn drop(&mut self) {
        self.shutdown();
        if self.shared.is_inherited() {
            forget(lock(&self.thread).take());
        }
    }
}

impl Shared {
    /// By a fork, which leaves the threads behind. Its locks may be held for ever.
    fn is_inherited(&self) -> bool {
        self.process != process::id()
    }

    async fn addresses(&self, url: &Url, end: Instant) -> Result<Vec<String>, HttpError> {
        let Some(Host::Domain(name)) = url.host() else {
            let address = url.host_str().unwrap_or("").trim_matches(['[', ']']);
            return Ok(vec![address.to_owned()]);
        };
        if let Some(addresses) = self.resolver.known(name) {
            return Ok(addresses);
        }
        let lookup = self.resolver.look_up(name, end)?;
        self.worker.wake(); // it keeps the limit
        lookup.await
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
    let transfer = Transfer::open(client.shared.clone(), request, None);
    async move { transfer.await?.take_whole() }
}

/// The response as soon as its head is there, and its body as it arrives. Dropping either aborts.
pub fn http_stream(
    client: &HttpClient,
    request: HttpRequest,
) -> impl Future<Output = Result<HttpResponse<BodyStream>, HttpError>> + Send + use<> {
    let transfer = Transfer::open(client.shared.clone(), request, Some(BODY_ROOM));
    async move {
        let mut transfer = transfer.await?;
        let head = transfer.take_head()?;
        Ok(head.with_body(BodyStream { transfer }))
    }
}
// ANCHOR_END: client
