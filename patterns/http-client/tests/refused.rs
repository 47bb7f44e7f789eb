//! What must not be sent is refused before a connection is opened.

mod support;

use async_http_client::{HttpClient, HttpError, HttpRequest, http_request};
use futures::executor::block_on;
use support::{Server, reply};

/// Changes a request that is well, which must then be refused with these words; nothing may arrive.
fn refused(words: &str, change: impl Fn(HttpRequest) -> HttpRequest) {
    let server = Server::new(|_, stream| reply(stream, 200, "", b""));
    let client = HttpClient::new().unwrap();
    let request = || HttpRequest::new("GET", &format!("{}/path", server.url));
    let answer = block_on(http_request(&client, change(request())));
    match answer {
        Err(HttpError::Refused(text)) => {
            assert!(text.contains(words), "{text:?} does not say {words:?}")
        }
        other => panic!("{other:?}"),
    }
    drop(client);
    assert_eq!(server.connections(), 0);
}

/// The URL, with something put in place of `/path`.
fn at(request: HttpRequest, path: &str) -> HttpRequest {
    HttpRequest {
        url: request.url.replace("/path", path),
        ..request
    }
}

#[test]
fn a_line_in_the_url() {
    for path in ["/\r\nX-Smuggled: 1", "/\n", "/\r", "/?\nGET / HTTP/1.1"] {
        refused("cannot stand in a URL", |request| at(request, path));
    }
}

#[test]
fn a_nul_a_space_and_other_than_ascii_in_the_url() {
    for path in ["/\0", "/a b", "/\t", "/\u{7f}", "/ü"] {
        refused("cannot stand in a URL", |request| at(request, path));
    }
}

#[test]
fn schemes_that_are_not_http() {
    for url in [
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1/",
        "127.0.0.1/",
        "",
        "://",
        "FILE:///",
    ] {
        let url = url.to_owned();
        refused("is neither an http:// nor an https:// URL", |request| {
            HttpRequest {
                url: url.clone(),
                ..request
            }
        });
    }
}

#[test]
fn urls_that_cannot_be_read() {
    for (url, words) in [
        ("http://[::1/", "IPv6"),
        ("http://127.0.0.1:99999/", "ort"),
        ("http:///", "host"),
    ] {
        refused(words, |request| HttpRequest {
            url: url.to_owned(),
            ..request
        });
    }
}

#[test]
fn a_line_in_a_header() {
    for value in ["1\r\nX-Smuggled: 2", "1\n", "\r", "1\0", "\u{1b}[31m"] {
        refused("cannot stand in the header X-Name", |request| {
            request.header("X-Name", value)
        });
    }
}

#[test]
fn a_name_of_a_header_that_is_none() {
    for name in ["", "X Name", "X-Name:", "X\r\nY", "X\0", "Ünicode"] {
        refused("is not the name of a header", |request| {
            request.header(name, "1")
        });
    }
}

#[test]
fn a_length_that_is_not_that_of_the_body() {
    for name in ["Content-Length", "transfer-encoding"] {
        refused("is not for the caller to say", |request| {
            request.header(name, "100")
        });
    }
}

#[test]
fn a_method_that_is_none() {
    for method in [
        "",
        "GET /other HTTP/1.1\r\nX: 1\r\n\r\nGET",
        "G\0T",
        "CONNECT",
    ] {
        refused("is not a method", |request| HttpRequest {
            method: method.to_owned(),
            ..request
        });
    }
}
