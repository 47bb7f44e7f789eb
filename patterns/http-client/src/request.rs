use crate::HttpError;
use crate::ffi::HttpHeader;
use futures::Stream;
use std::io;
use std::pin::Pin;
use std::time::Duration;

/// What to ask for. Made by [`HttpRequest::new`], and changed field by field.
pub struct HttpRequest {
    pub method: String,
    /// `http://` or `https://`, in ASCII. A name and a password in it are sent to its host alone.
    pub url: String,
    pub headers: Vec<HttpHeader>,
    pub body: HttpBody,
    /// How many redirects are followed. 0: a redirect is the answer.
    pub redirects: u32,
    /// Whether a redirect may lead from https to http.
    pub downgrade: bool,
    /// For the name and the connection, again for every redirect.
    pub connect_timeout: Duration,
    /// Of the whole exchange. None: the exchange may last.
    pub timeout: Option<Duration>,
    /// How many bytes the body of the response may have, unpacked.
    pub max_body: usize,
}

pub enum HttpBody {
    Empty,
    Bytes(Vec<u8>),
    /// Polled by whoever awaits the response, when the connection takes more. An `Err` ends the exchange.
    Stream(BodyPieces),
}

pub type BodyPieces = Pin<Box<dyn Stream<Item = io::Result<Vec<u8>>> + Send>>;

impl HttpRequest {
    pub fn new(method: &str, url: &str) -> Self {
        Self {
            method: method.to_owned(),
            url: url.to_owned(),
            headers: Vec::new(),
            body: HttpBody::Empty,
            redirects: 5,
            downgrade: false,
            connect_timeout: Duration::from_secs(10),
            timeout: Some(Duration::from_secs(60)),
            max_body: 64 << 20,
        }
    }

    /// Adds a header. There may be several of one name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.headers.push(HttpHeader { name, value });
        self
    }
}

impl From<Vec<u8>> for HttpBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<&str> for HttpBody {
    fn from(text: &str) -> Self {
        Self::Bytes(text.into())
    }
}

/// A request is lines of text: whoever can inject a line can send another request.
pub fn check(request: &HttpRequest) -> Result<(), HttpError> {
    let refused = |why| Err(HttpError::Refused(why));
    let HttpRequest { method, url, .. } = request;
    if !is_token(method) || method == "CONNECT" {
        return refused(format!("{method:?} is not a method"));
    }
    let scheme = url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    if !matches!(scheme.as_deref(), Some("http" | "https")) {
        return refused(format!("{url:?} is neither an http:// nor an https:// URL"));
    }
    if let Some(bad) = url.chars().find(|c| !c.is_ascii_graphic()) {
        return refused(format!("{bad:?} cannot stand in a URL"));
    }
    for HttpHeader { name, value } in &request.headers {
        if !is_token(name) {
            return refused(format!("{name:?} is not the name of a header"));
        }
        if let Some(bad) = value.chars().find(|c| c.is_control() && *c != '\t') {
            return refused(format!("{bad:?} cannot stand in the header {name}"));
        }
        // The length is what the body says. Two lengths are two requests.
        if ["content-length", "transfer-encoding"].contains(&name.to_ascii_lowercase().as_str()) {
            return refused(format!("{name} is not for the caller to say"));
        }
    }
    Ok(())
}

fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}
