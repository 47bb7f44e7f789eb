//! The small program, whose own functions these tests call, and a server that answers once.

include!("../src/main.rs");

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

/// The URL of a server that answers one request with these bytes.
fn answering(answer: &'static [u8]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut stream = listener.accept().unwrap().0;
        let lines = BufReader::new(&stream).lines();
        assert!(
            lines
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .count()
                > 0
        );
        stream.write_all(answer).unwrap();
    });
    url
}

#[test]
fn both_clients_answer() {
    let simulated = block_on(http_get(true, "https://example.com")).unwrap();
    assert_eq!(simulated, b"the body of https://example.com");
    let url = answering(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    assert_eq!(block_on(http_get(false, &url)).unwrap(), b"hello");
}

#[test]
fn what_libcurl_cannot_do_is_an_err() {
    let url = answering(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    for (url, words) in [
        (url.as_str(), "HTTP response code said error"),
        ("file:///etc/passwd", "Unsupported protocol"),
        ("http://127.0.0.1:1/", "Could not connect to server"),
    ] {
        let error = block_on(http_get(false, url)).unwrap_err();
        assert_eq!(error.to_string(), words);
    }
}
