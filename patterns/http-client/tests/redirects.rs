//! Redirects are followed as far as the request allows, and no secret goes along.

mod support;

use async_http_client::{HttpClient, HttpError, HttpRequest, http_get, http_request};
use futures::executor::block_on;
use support::{Server, reply};

fn moved(status: u16, to: String) -> Server {
    Server::new(move |request, stream| match request.path() {
        "/end" => reply(stream, 200, "", &request.body),
        path if path.starts_with("/caf") => reply(stream, 200, "", b""),
        // A 304 has no body.
        _ => {
            let body: &[u8] = if status == 304 { b"" } else { b"not this body" };
            reply(stream, status, &format!("Location: {to}\r\n"), body)
        }
    })
}

#[test]
fn redirects_are_followed_to_the_answer() {
    let server = moved(302, "/end".to_owned());
    let client = HttpClient::new().unwrap();
    let response = block_on(http_get(&client, &server.url)).unwrap();
    assert_eq!((response.status, response.body.len()), (200, 0));
    assert_eq!(response.url, format!("{}/end", server.url));
    assert_eq!(response.header("Location"), None);
}

#[test]
fn one_redirect_more_than_allowed_is_an_error() {
    let server = Server::new(|request, stream| {
        let left: u32 = request.path()[1..].parse().unwrap();
        match left {
            0 => reply(stream, 200, "", b"there"),
            _ => reply(stream, 302, &format!("Location: /{}\r\n", left - 1), b""),
        }
    });
    let client = HttpClient::new().unwrap();
    let steps = |steps: u32| {
        let request = HttpRequest::new("GET", &format!("{}/{steps}", server.url));
        block_on(http_request(
            &client,
            HttpRequest {
                redirects: 3,
                ..request
            },
        ))
    };
    assert_eq!(steps(3).unwrap().body, b"there");
    assert!(
        matches!(steps(4), Err(HttpError::TooManyRedirects(_))),
        "{:?}",
        steps(4)
    );
}

#[test]
fn without_redirects_the_redirect_is_the_answer() {
    let server = moved(301, "/end".to_owned());
    let client = HttpClient::new().unwrap();
    let request = HttpRequest {
        redirects: 0,
        ..HttpRequest::new("GET", &server.url)
    };
    let response = block_on(http_request(&client, request)).unwrap();
    assert_eq!(
        (response.status, response.header("Location")),
        (301, Some("/end"))
    );
    assert_eq!(response.body, b"not this body");
}

#[test]
fn the_method_and_the_body_stay_where_the_status_says_so() {
    for (method, status, expected) in [
        ("POST", 301, "GET"),
        ("PUT", 301, "PUT"),
        ("POST", 302, "GET"),
        ("DELETE", 302, "DELETE"),
        ("GET", 303, "GET"),
        ("HEAD", 303, "HEAD"),
        ("POST", 303, "GET"),
        ("PUT", 303, "GET"),
        ("DELETE", 303, "GET"),
        ("PATCH", 303, "GET"),
        ("POST", 307, "POST"),
        ("PUT", 307, "PUT"),
        ("DELETE", 307, "DELETE"),
        ("POST", 308, "POST"),
        ("PUT", 308, "PUT"),
        ("PURGE", 308, "PURGE"),
    ] {
        let server = moved(status, "/end".to_owned());
        let client = HttpClient::new().unwrap();
        let sends = !matches!(method, "GET" | "HEAD");
        let mut request = HttpRequest::new(method, &server.url).header("Content-Type", "a/b");
        if sends {
            request.body = "text".into();
        }
        let body = block_on(http_request(&client, request)).unwrap().body;
        let text = if sends && method == expected {
            "text"
        } else {
            ""
        };
        assert_eq!(String::from_utf8_lossy(&body), text, "{method} {status}");
        let head = &server.heads()[1];
        assert!(
            head.starts_with(&format!("{expected} /end HTTP/1.1\r\n")),
            "{method} {status}: {head}"
        );
        // A GET for what was a POST has neither a body nor what is said of it.
        let changed = method != expected;
        for said in ["Content-Length", "Content-Type", "Transfer-Encoding"] {
            assert!(
                !(changed && head.contains(said)),
                "{method} {status}: {head}"
            );
        }
    }
}

#[test]
fn credentials_are_not_sent_to_another_host() {
    let other = moved(200, String::new());
    let server = moved(302, format!("{}/end", other.url));
    let client = HttpClient::new().unwrap();
    let url = server.url.replace("//", "//n%61me:password@");
    block_on(http_get(&client, &url)).unwrap();
    let request = HttpRequest::new("GET", &server.url).header("Authorization", "Bearer secret");
    let request = request
        .header("Proxy-Authorization", "Basic hidden")
        .header("Cookie", "session=secret");
    block_on(http_request(&client, request)).unwrap();

    let told = |heads: &[String], secret: &str| heads.iter().any(|head| head.contains(secret));
    for secret in [
        "Authorization: Basic bmFtZTpwYXNzd29yZA==",
        "Bearer secret",
        "Basic hidden",
        "session=secret",
    ] {
        assert!(
            told(&server.heads(), secret),
            "{secret} never reached its own host"
        );
    }
    assert_eq!(other.heads().len(), 2);
    for header in ["Authorization", "Cookie", "secret"] {
        assert!(!told(&other.heads(), header), "{:?}", other.heads());
    }
}

#[test]
fn a_redirect_to_a_local_file_is_an_error() {
    let server = moved(302, "file:///etc/passwd".to_owned());
    let client = HttpClient::new().unwrap();
    let answer = block_on(http_get(&client, &server.url));
    assert!(matches!(answer, Err(HttpError::Protocol(_))), "{answer:?}");
}

#[test]
fn other_statuses_are_answers_whatever_their_location() {
    for status in [201, 300, 304, 305, 306] {
        let server = moved(status, "/end".to_owned());
        let client = HttpClient::new().unwrap();
        let response = block_on(http_get(&client, &server.url)).unwrap();
        assert_eq!(
            (response.status, response.header("Location")),
            (status, Some("/end"))
        );
    }
}

#[test]
fn a_redirect_may_be_relative_to_where_it_stands() {
    for (location, target) in [("c?d", "/a/c?d"), ("?d", "/a/b?d"), ("../c", "/c")] {
        let server = Server::new(move |request, stream| match request.path() {
            "/a/b" => reply(stream, 302, &format!("Location: {location}\r\n"), b""),
            _ => reply(stream, 200, "", b""),
        });
        let client = HttpClient::new().unwrap();
        let response = block_on(http_get(&client, &format!("{}/a/b", server.url))).unwrap();
        assert_eq!(response.url, format!("{}{target}", server.url));
    }
}

#[test]
fn what_a_redirect_leads_to_is_escaped_or_an_error() {
    let server = moved(302, "/caf\u{e9} b".to_owned());
    let client = HttpClient::new().unwrap();
    let response = block_on(http_get(&client, &server.url)).unwrap();
    assert_eq!(response.url, format!("{}/caf%C3%A9%20b", server.url));
    for nowhere in [
        "http://[::1/",
        "http://a b/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
    ] {
        let server = moved(302, nowhere.to_owned());
        let client = HttpClient::new().unwrap();
        let answer = block_on(http_get(&client, &server.url));
        assert!(matches!(answer, Err(HttpError::Protocol(_))), "{answer:?}");
    }
}
