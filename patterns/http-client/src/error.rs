use crate::ffi::HttpErrorKind;
use std::fmt;

/// Why there is no response, or no more of its body. A status such as 404 is no error.
/// Each holds what the transport says.
#[derive(Clone, Debug, PartialEq)]
pub enum HttpError {
    /// The request is not one that may be sent. Nothing was.
    Refused(String),
    Resolve(String),
    Connect(String),
    Tls(String),
    Timeout(String),
    TooManyRedirects(String),
    /// The connection ended before the body did.
    Truncated(String),
    /// The connection broke, or ended before an answer.
    Reset(String),
    /// What arrives is not HTTP, or leads to what is not.
    Protocol(String),
    /// The body is longer than the request allows.
    TooLarge(String),
    /// The stream that is to be sent failed.
    Upload(String),
    /// The client was shut down.
    Cancelled,
    Other(String),
}

impl HttpError {
    /// What C++ ended an exchange with; `None` when that went well.
    pub(crate) fn of(kind: HttpErrorKind, text: String) -> Option<Self> {
        Some(match kind {
            HttpErrorKind::None => return None,
            HttpErrorKind::Resolve => Self::Resolve(text),
            HttpErrorKind::Connect => Self::Connect(text),
            HttpErrorKind::Tls => Self::Tls(text),
            HttpErrorKind::Timeout => Self::Timeout(text),
            HttpErrorKind::TooManyRedirects => Self::TooManyRedirects(text),
            HttpErrorKind::Truncated => Self::Truncated(text),
            HttpErrorKind::Reset => Self::Reset(text),
            HttpErrorKind::Protocol => Self::Protocol(text),
            _ => Self::Other(text),
        })
    }
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, text) = match self {
            Self::Refused(text) => ("the request is refused", text),
            Self::Resolve(text) => ("the host has no address", text),
            Self::Connect(text) => ("there is no connection", text),
            Self::Tls(text) => ("there is no safe connection", text),
            Self::Timeout(text) => ("it takes too long", text),
            Self::TooManyRedirects(text) => ("too many redirects", text),
            Self::Truncated(text) => ("the body is cut short", text),
            Self::Reset(text) => ("the connection broke", text),
            Self::Protocol(text) => ("this is not HTTP", text),
            Self::TooLarge(text) => ("the body is too large", text),
            Self::Upload(text) => ("the body to be sent failed", text),
            Self::Cancelled => return f.write_str("the client was shut down"),
            Self::Other(text) => ("the transport gave up", text),
        };
        write!(f, "{what}: {text}")
    }
}

impl std::error::Error for HttpError {}
