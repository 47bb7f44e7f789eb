//! What is sent arrives, and what is answered comes back.

mod support;

use async_http_client::{HttpBody, HttpClient, HttpRequest, http_get, http_post, http_request};
use futures::executor::block_on;
use std::io::Write;
use support::{Server, reply};

/// Answers with the body of the request.
fn echo() -> Server {
    Server::new(|request, stream| reply(stream, 200, "", &request.body))
}

#[test]
fn a_status_is_not_an_error() {
    let server = Server::new(|request, stream| {
        reply(stream, request.path()[1..].parse().unwrap(), "", b"why")
    });
    let client = HttpClient::new().unwrap();
    for status in [200, 201, 400, 404, 418, 500, 503] {
        let response = block_on(http_get(&client, &format!("{}/{status}", server.url))).unwrap();
        assert_eq!((response.status, &response.body[..]), (status, &b"why"[..]));
    }
}

#[test]
fn headers_of_one_name_are_kept_in_their_order() {
    let headers = "Set-Cookie: a=1\r\nX-Empty:\r\nset-cookie: b=2\r\n";
    let server = Server::new(move |_, stream| reply(stream, 200, headers, b""));
    let client = HttpClient::new().unwrap();
    let response = block_on(http_get(&client, &server.url)).unwrap();
    let pairs: Vec<_> = response
        .headers
        .iter()
        .map(|h| (h.name.as_str(), h.value.as_str()))
        .collect();
    let mut expected = [
        ("Set-Cookie", "a=1"),
        ("X-Empty", ""),
        ("set-cookie", "b=2"),
        ("Content-Length", "0"),
    ];
    if cfg!(feature = "beast") {
        expected.swap(1, 2); // it puts those of one name beside each other
    }
    assert_eq!(pairs, expected);
    assert_eq!(response.header("SET-COOKIE"), Some("a=1"));
}

#[test]
fn headers_of_the_request_arrive_and_nothing_is_made_up() {
    let server = echo();
    let client = HttpClient::new().unwrap();
    let request = HttpRequest::new("GET", &server.url)
        .header("X-Twice", "1")
        .header("X-Twice", "2");
    let request = request.header("X-Empty", "").header("X-Blank", " ");
    block_on(http_request(&client, request.header("Accept", "\t "))).unwrap();
    block_on(http_post(&client, &server.url, "text".into())).unwrap();
    let heads = server.heads();
    assert!(
        heads[0].contains("X-Twice: 1\r\nX-Twice: 2\r\nX-Empty:\r\nX-Blank:\r\nAccept:\r\n"),
        "{}",
        heads[0]
    );
    assert!(
        !heads[1].contains("Content-Type") && !heads[1].contains("Expect"),
        "{}",
        heads[1]
    );
}

#[test]
fn every_method_arrives_with_its_body() {
    let server = echo();
    let client = HttpClient::new().unwrap();
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE"];
    for method in methods {
        for body in ["", "text"] {
            let mut request = HttpRequest::new(method, &server.url);
            if !body.is_empty() {
                request.body = body.into();
            }
            assert_eq!(
                block_on(http_request(&client, request)).unwrap().body,
                body.as_bytes()
            );
        }
    }
    for (head, method) in server
        .heads()
        .iter()
        .zip(methods.iter().flat_map(|method| [method, method]))
    {
        assert!(
            head.starts_with(&format!("{method} / HTTP/1.1\r\n")),
            "{method}: {head}"
        );
    }
}

#[test]
fn a_post_without_a_body_says_so() {
    let server = echo();
    let client = HttpClient::new().unwrap();
    for method in ["POST", "PUT", "PATCH"] {
        block_on(http_request(&client, HttpRequest::new(method, &server.url))).unwrap();
    }
    assert!(
        server
            .heads()
            .iter()
            .all(|head| head.contains("Content-Length: 0\r\n")),
        "{:?}",
        server.heads()
    );
}

#[test]
fn any_byte_passes_both_ways() {
    let server = echo();
    let client = HttpClient::new().unwrap();
    let bytes: Vec<u8> = (0..1_000_000u32).map(|n| (n ^ (n >> 8)) as u8).collect();
    let response = block_on(http_post(&client, &server.url, bytes.clone().into())).unwrap();
    assert!(
        response.body == bytes,
        "{} bytes came back",
        response.body.len()
    );
}

#[test]
fn responses_without_a_body_end() {
    let server = Server::new(|request, stream| match request.path() {
        // The length that a GET would have.
        "/head" => stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"),
        "/304" => stream.write_all(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n"),
        _ => stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n"),
    });
    let client = HttpClient::new().unwrap();
    for (method, path, status) in [
        ("GET", "/204", 204),
        ("HEAD", "/head", 200),
        ("GET", "/304", 304),
    ] {
        let request = HttpRequest::new(method, &format!("{}{path}", server.url));
        let response = block_on(http_request(&client, request)).unwrap();
        assert_eq!(
            (response.status, response.body.len()),
            (status, 0),
            "{method} {path}"
        );
    }
}

#[test]
fn interim_responses_are_not_the_answer() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n")?;
        reply(stream, 200, "", b"late")
    });
    let client = HttpClient::new().unwrap();
    let response = block_on(http_get(&client, &server.url)).unwrap();
    assert_eq!(
        (response.status, response.header("Link"), &response.body[..]),
        (200, None, &b"late"[..])
    );
}

#[test]
fn a_chunked_body_is_whole_and_its_trailers_are_not_headers() {
    let answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nwho\r\n2\r\nle\r\n0\r\nX-Late: 1\r\n\r\n";
    let server = Server::new(move |_, stream| stream.write_all(answer.as_bytes()));
    let client = HttpClient::new().unwrap();
    let response = block_on(http_get(&client, &server.url)).unwrap();
    assert_eq!(
        (&response.body[..], response.header("X-Late")),
        (&b"whole"[..], None)
    );
}

#[cfg(not(feature = "beast"))]
#[test]
fn gzip_is_asked_for_and_unpacked() {
    let packed = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x2b\xcd\x2b\x48\x4c\xce\x4e\x4d\x01\x00\x96\x62\x2f\xca\x08\x00\x00\x00";
    let server = Server::new(|_, stream| reply(stream, 200, "Content-Encoding: gzip\r\n", packed));
    let client = HttpClient::new().unwrap();
    let response = block_on(http_get(&client, &server.url)).unwrap();
    assert_eq!(String::from_utf8_lossy(&response.body), "unpacked");
    assert!(server.heads()[0].contains("Accept-Encoding: gzip\r\n"));
}

#[test]
fn connections_are_used_again() {
    let server = echo();
    let client = HttpClient::new().unwrap();
    for _ in 0..20 {
        block_on(http_get(&client, &server.url)).unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_body_is_sent_again_where_an_idle_connection_had_died() {
    let server = Server::raw(|stream, seen| {
        let mut reader = std::io::BufReader::new(stream.try_clone()?);
        let request = support::read_request(&mut reader, stream)?.unwrap();
        reply(stream, 200, "", &request.body)?;
        // The next one is taken, and the connection closed without an answer.
        if let Some(request) = support::read_request(&mut reader, stream)? {
            seen(&request.head);
        }
        Ok(())
    });
    let client = HttpClient::new().unwrap();
    for body in ["first", "second", "third"] {
        let response = block_on(http_post(&client, &server.url, HttpBody::from(body))).unwrap();
        assert_eq!(response.body, body.as_bytes());
    }
    assert_eq!((server.connections(), server.heads().len()), (3, 2));
}
