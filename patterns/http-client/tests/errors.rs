//! What can go wrong on the way is an error of its own, with libcurl's words.

mod support;

use async_http_client::{
    HttpClient, HttpError, HttpRequest, HttpResponse, http_get, http_request, http_stream,
};
use futures::StreamExt;
use futures::executor::block_on;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::time::Duration;
use support::{Server, reply, until_closed};

fn get(url: &str) -> Result<HttpResponse, HttpError> {
    block_on(http_get(&HttpClient::new().unwrap(), url))
}

/// Answers every request with these bytes, then closes the connection.
fn says(bytes: &'static [u8]) -> Server {
    Server::new(move |_, stream| {
        stream.write_all(bytes)?;
        Err(std::io::ErrorKind::Other.into())
    })
}

macro_rules! assert_error {
    ($answer:expr, $kind:ident, $words:literal) => {
        match $answer {
            Err(HttpError::$kind(text)) => assert!(text.contains($words), "{text:?}"),
            other => panic!("expected {}, got {other:?}", stringify!($kind)),
        }
    };
}

#[test]
fn a_host_without_an_address() {
    assert_error!(get("http://nowhere.invalid/"), Resolve, "nowhere.invalid");
}

#[test]
fn a_port_where_nobody_listens() {
    let nobody = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert_error!(get(&format!("http://{nobody}/")), Connect, "127.0.0.1");
}

#[test]
fn a_server_without_tls() {
    let server = says(b"HTTP/1.1 400 This is http\r\n\r\n");
    assert_error!(get(&server.url.replace("http:", "https:")), Tls, "");
}

#[test]
fn a_connection_that_nobody_accepts_in_time() {
    unsafe extern "C" {
        fn listen(socket: i32, backlog: i32) -> i32;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    // SAFETY: a system call, on a socket that is open and listens already. Now one connection may wait.
    assert_eq!(unsafe { listen(listener.as_raw_fd(), 0) }, 0);
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
        waiting.push(stream);
    }
    let client = HttpClient::new().unwrap();
    let request = HttpRequest::new("GET", &format!("http://{address}/"));
    // Enough to begin with it, also under valgrind: whoever has no time left for that has other words.
    let connect_timeout = Duration::from_secs(1);
    let answer = block_on(http_request(
        &client,
        HttpRequest {
            connect_timeout,
            ..request
        },
    ));
    assert_error!(answer, Timeout, " after ");
}

#[test]
fn a_server_that_says_nothing_and_one_that_does_not_finish() {
    let silent = Server::new(|request, stream| {
        if request.path() == "/slow" {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")?;
        }
        until_closed(stream);
        Ok(())
    });
    let client = HttpClient::new().unwrap();
    for path in ["/", "/slow"] {
        let request = HttpRequest::new("GET", &format!("{}{path}", silent.url));
        // Enough to be connected first, also under valgrind: that would be another timeout.
        let timeout = Some(Duration::from_millis(500));
        let answer = block_on(http_request(&client, HttpRequest { timeout, ..request }));
        assert_error!(answer, Timeout, " after ");
    }
}

#[test]
fn a_body_that_ends_before_its_length() {
    let server = says(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    assert_error!(get(&server.url), Truncated, "");
}

#[test]
fn a_chunked_body_that_ends_before_its_last_chunk() {
    let server = says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
    assert_error!(get(&server.url), Truncated, "");
}

#[test]
fn a_connection_that_is_reset() {
    // Closed with bytes that nobody has read, a socket resets its connection.
    let server = Server::raw(|stream, _| stream.read_exact(&mut [0]));
    assert_error!(get(&server.url), Reset, "reset");
}

#[test]
fn a_connection_that_is_reset_in_the_middle_of_a_body() {
    let server = Server::raw(|stream, _| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")?;
        stream.read_exact(&mut [0])
    });
    let answer = get(&server.url);
    // The reset may take with it what had not been read yet.
    assert!(matches!(answer, Err(HttpError::Reset(_))), "{answer:?}");
}

#[test]
fn a_server_that_closes_without_a_word() {
    assert_error!(get(&says(b"").url), Reset, "");
}

#[test]
fn what_is_not_http() {
    assert_error!(get(&says(b"SSH-2.0-OpenSSH_9.9\r\n").url), Protocol, "");
}

#[cfg(not(feature = "beast"))]
#[test]
fn what_says_gzip_and_is_not() {
    let server =
        Server::new(|_, stream| reply(stream, 200, "Content-Encoding: gzip\r\n", b"plain text"));
    assert_error!(get(&server.url), Protocol, "");
}

#[test]
fn a_body_of_one_byte_too_many() {
    let server = Server::new(|_, stream| reply(stream, 200, "", &[b'x'; 1000]));
    let client = HttpClient::new().unwrap();
    let at_most = |max_body| {
        let request = HttpRequest::new("GET", &server.url);
        block_on(http_request(
            &client,
            HttpRequest {
                max_body,
                ..request
            },
        ))
    };
    assert_eq!(at_most(1000).unwrap().body.len(), 1000);
    assert_error!(at_most(999), TooLarge, "max_body");
}

#[test]
fn a_stream_that_was_stopped_has_no_more_pieces() {
    // In chunks, so that more of them arrive after the one that is too much.
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        let chunk = [&b"400\r\n"[..], &[b'x'; 1024], b"\r\n"].concat();
        stream.write_all(&chunk.repeat(64))?;
        stream.write_all(b"0\r\n\r\n")
    });
    let client = HttpClient::new().unwrap();
    let mut request = HttpRequest::new("GET", &server.url);
    request.max_body = 10 << 10;
    let pieces: Vec<_> = block_on(async {
        let response = http_stream(&client, request).await.unwrap();
        response.body.collect().await
    });
    let (last, taken) = pieces.split_last().unwrap();
    assert!(matches!(last, Err(HttpError::TooLarge(_))), "{last:?}");
    let taken: usize = taken
        .iter()
        .map(|piece| piece.as_ref().unwrap().len())
        .sum();
    assert!(taken <= 10 << 10, "{taken} bytes");
}

#[cfg(not(feature = "beast"))]
#[test]
fn a_small_body_that_is_large_once_unpacked() {
    // How 2 MiB of zeros begin; every further byte of 0 stands for about 1 KiB of them.
    let begins =
        b"\x1f\x8b\x08\0\0\0\0\0\x02\x03\xed\xc1\x31\x01\0\0\0\xc2\xa0\xf5\x4f\x6d\x0c\x1f\xa0";
    let packed = [&begins[..], &[0; 2000]].concat();
    let server =
        Server::new(move |_, stream| reply(stream, 200, "Content-Encoding: gzip\r\n", &packed));
    let client = HttpClient::new().unwrap();
    let request = HttpRequest {
        max_body: 1 << 20,
        ..HttpRequest::new("GET", &server.url)
    };
    assert_error!(
        block_on(http_request(&client, request)),
        TooLarge,
        "max_body"
    );
}

#[test]
fn a_head_without_an_end() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        loop {
            stream.write_all(format!("X-Name: {}\r\n", "x".repeat(1000)).as_bytes())?;
        }
    });
    let client = HttpClient::new().unwrap();
    let request = HttpRequest {
        timeout: None,
        ..HttpRequest::new("GET", &server.url)
    };
    let answer = block_on(http_request(&client, request));
    assert!(matches!(answer, Err(HttpError::Protocol(_))), "{answer:?}");
}

#[test]
fn each_error_says_what_it_is() {
    let text = || "words".to_owned();
    for (error, says) in [
        (HttpError::Refused(text()), "the request is refused: words"),
        (HttpError::Resolve(text()), "the host has no address: words"),
        (HttpError::Connect(text()), "there is no connection: words"),
        (HttpError::Tls(text()), "there is no safe connection: words"),
        (HttpError::Timeout(text()), "it takes too long: words"),
        (
            HttpError::TooManyRedirects(text()),
            "too many redirects: words",
        ),
        (HttpError::Truncated(text()), "the body is cut short: words"),
        (HttpError::Reset(text()), "the connection broke: words"),
        (HttpError::Protocol(text()), "this is not HTTP: words"),
        (HttpError::TooLarge(text()), "the body is too large: words"),
        (
            HttpError::Upload(text()),
            "the body to be sent failed: words",
        ),
        (HttpError::Cancelled, "the client was shut down"),
        (HttpError::Other(text()), "the transport gave up: words"),
    ] {
        assert_eq!(error.to_string(), says);
    }
}
