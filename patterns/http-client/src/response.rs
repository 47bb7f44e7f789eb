use crate::transfer::Transfer;
use crate::{HttpError, HttpHeader};
use futures::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};

/// What the server answered, whatever its status.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpResponse<Body = Vec<u8>> {
    pub status: u16,
    /// Where it comes from, after redirects.
    pub url: String,
    /// In the server's order, several of one name included. Bytes that are not UTF-8 became U+FFFD.
    pub headers: Vec<HttpHeader>,
    pub body: Body,
}

impl HttpResponse<()> {
    /// Reads the lines between the status and the empty line.
    pub(crate) fn parse(status: u16, url: String, head: &[u8]) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes.trim_ascii()).into_owned();
        let mut headers = Vec::with_capacity(16);
        for line in head.split(|byte| *byte == b'\n').skip(1) {
            if let Some(colon) = line.iter().position(|byte| *byte == b':') {
                let (name, value) = (text(&line[..colon]), text(&line[colon + 1..]));
                headers.push(HttpHeader { name, value });
            }
        }
        Self {
            status,
            url,
            headers,
            body: (),
        }
    }

    pub(crate) fn with_body<Body>(self, body: Body) -> HttpResponse<Body> {
        let Self {
            status,
            url,
            headers,
            ..
        } = self;
        HttpResponse {
            status,
            url,
            headers,
            body,
        }
    }
}

impl<Body> HttpResponse<Body> {
    /// The first header of that name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self
            .headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name));
        found.map(|header| header.value.as_str())
    }
}

/// A body as it arrives, in pieces. An `Err` is the last of them. Dropping it aborts.
pub struct BodyStream {
    pub(crate) transfer: Transfer,
}

impl Stream for BodyStream {
    type Item = Result<Vec<u8>, HttpError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.transfer.poll_piece(cx)
    }
}
