use crate::ffi::{HttpHeader, HttpParts};
use crate::request::check;
use crate::{HttpBody, HttpError, HttpRequest};
use base64::prelude::{BASE64_STANDARD, Engine};
use percent_encoding::percent_decode_str;
use std::mem::replace;
use std::time::{Duration, Instant};
use url::{Position, Url};

/// One exchange of those that a request takes: the first, or where a redirect leads.
pub struct Hop {
    pub url: Url,
    pub request: HttpRequest,
    pub redirects_left: u32,
    end: Option<Instant>,
}

impl Hop {
    pub fn first(mut request: HttpRequest) -> Result<Self, HttpError> {
        check(&request)?;
        let refused = |error: url::ParseError| HttpError::Refused(error.to_string());
        // A blank value is an empty one, whatever the transport makes of it.
        for header in &mut request.headers {
            header.value = header.value.trim_matches([' ', '\t']).to_owned();
        }
        let mut hop = Self {
            url: Url::parse(&request.url).map_err(refused)?,
            redirects_left: request.redirects,
            end: request.timeout.map(from_now),
            request,
        };
        hop.use_credentials();
        Ok(hop)
    }

    /// Goes where a redirect leads, with what may go along. `body` is the one that was sent.
    pub fn redirect(mut self, status: u16, to: &str, body: HttpBody) -> Result<Self, HttpError> {
        let Some(left) = self.redirects_left.checked_sub(1) else {
            let text = format!("more than {}", self.request.redirects);
            return Err(HttpError::TooManyRedirects(text));
        };
        self.redirects_left = left;
        let to = self
            .url
            .join(to)
            .map_err(|error| HttpError::Protocol(format!("a redirect to {to:?}: {error}")))?;
        match (self.url.scheme(), to.scheme()) {
            ("https", "http") if !self.request.downgrade => {
                return Err(HttpError::Tls(format!("a redirect from https to {to}")));
            }
            (_, "http" | "https") => {}
            _ => return Err(HttpError::Protocol(format!("a redirect to {to}"))),
        }
        let from = replace(&mut self.url, to);
        let (method, headers) = (&mut self.request.method, &mut self.request.headers);
        let named = |header: &HttpHeader, names: &[&str]| {
            names
                .iter()
                .any(|name| header.name.eq_ignore_ascii_case(name))
        };
        if from.origin() != self.url.origin() {
            let own = ["Authorization", "Proxy-Authorization", "Cookie", "Host"];
            headers.retain(|header| !named(header, &own));
        }
        match status {
            303 if method == "HEAD" => {}
            301 | 302 if method != "POST" => self.request.body = body,
            301..=303 => {
                *method = "GET".to_owned();
                headers.retain(|header| !named(header, &["Content-Type", "Content-Encoding"]));
            }
            _ => self.request.body = body,
        }
        if let HttpBody::Stream(_) = self.request.body {
            let text = "the body cannot be sent a second time".to_owned();
            return Err(HttpError::Other(text));
        }
        self.use_credentials();
        Ok(self)
    }

    /// When the name must be found and the connection be made.
    pub fn connect_end(&self) -> Instant {
        let end = from_now(self.request.connect_timeout);
        self.end.map_or(end, |whole| whole.min(end))
    }

    /// As C++ takes it, where the name leads to these addresses.
    pub fn parts(&self, addresses: Vec<String>, connect_end: Instant) -> HttpParts {
        let HttpRequest { method, body, .. } = &self.request;
        let sends_a_body = matches!(method.as_str(), "POST" | "PUT" | "PATCH");
        HttpParts {
            method: method.clone(),
            url: self.url.as_str().to_owned(),
            authority: self.url[Position::BeforeHost..Position::AfterPort].to_owned(),
            target: self.url[Position::BeforePath..].to_owned(),
            name: self.url.domain().unwrap_or("").to_owned(),
            port: self.url.port_or_known_default().unwrap_or(0),
            addresses,
            headers: self.request.headers.clone(),
            has_body: sends_a_body || !matches!(body, HttpBody::Empty),
            length: match body {
                HttpBody::Empty => 0,
                HttpBody::Bytes(bytes) => bytes.len() as i64,
                HttpBody::Stream(_) => -1,
            },
            connect_timeout_ms: until(connect_end),
            timeout_ms: self.end.map_or(0, until),
        }
    }

    /// A name and a password in the URL become a header. The transport does not get them in the URL.
    fn use_credentials(&mut self) {
        self.url.set_fragment(None);
        let (name, password) = (self.url.username(), self.url.password());
        if name.is_empty() && password.is_none() {
            return;
        }
        let headers = &mut self.request.headers;
        let mut secret = percent_decode_str(name).collect::<Vec<u8>>();
        secret.push(b':');
        secret.extend(percent_decode_str(password.unwrap_or("")));
        headers.retain(|header| !header.name.eq_ignore_ascii_case("Authorization"));
        headers.push(HttpHeader {
            name: "Authorization".to_owned(),
            value: format!("Basic {}", BASE64_STANDARD.encode(secret)),
        });
        let _ = self.url.set_username("").and(self.url.set_password(None));
    }
}

/// libcurl takes 0 for a default of its own, and counts in an `int`.
const LIMITS: (Duration, Duration) = (
    Duration::from_millis(1),
    Duration::from_millis(i32::MAX as u64),
);

fn from_now(limit: Duration) -> Instant {
    Instant::now() + limit.clamp(LIMITS.0, LIMITS.1)
}

fn until(end: Instant) -> u64 {
    let left = end.saturating_duration_since(Instant::now());
    left.clamp(LIMITS.0, LIMITS.1).as_millis() as u64
}
