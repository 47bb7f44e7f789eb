//! Many exchanges at a time, with some that fail, and the memory that it takes.

mod support;

use async_http_client::{HttpClient, HttpError, HttpRequest, http_request};
use futures::executor::block_on;
use futures::{StreamExt, stream};
use std::fs;
use std::io::{self, Write};
use support::{Server, read_request, reply};

const AT_A_TIME: usize = 200;

/// 1,000 where a tool makes everything slow.
fn requests() -> usize {
    match std::env::var("COOKBOOK_LOAD").as_deref() {
        Ok("light") => 1_000,
        _ => 10_000,
    }
}

/// The most memory that this process has had, in KiB, since it was last asked.
fn peak_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    fs::write("/proc/self/clear_refs", "5").unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Answers with the body of the request. One in 20 is truncated, one closed, one reset, by turns.
fn faulty() -> Server {
    Server::raw(|stream, _| {
        let mut reader = io::BufReader::new(stream.try_clone()?);
        while let Some(request) = read_request(&mut reader, stream)? {
            let number: usize = request.path()[1..].parse().map_err(io::Error::other)?;
            match (number % 20, number / 20 % 3) {
                (7, 0) => {
                    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegins")?;
                    return Ok(());
                }
                (7, 1) => return Ok(()),
                (7, _) => {
                    stream.write_all(
                        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nno chunk",
                    )?;
                    return Ok(());
                }
                _ => reply(stream, 200, "", &request.body)?,
            }
        }
        Ok(())
    })
}

#[test]
fn ten_thousand_exchanges_two_hundred_at_a_time_end_as_they_should_in_flat_memory() {
    let server = faulty();
    let client = HttpClient::new().unwrap();
    let exchange = |number: usize| {
        let (client, url) = (&client, &server.url);
        async move {
            let body = number.to_string().repeat(20).into_bytes();
            let request = HttpRequest::new("PUT", &format!("{url}/{number}"));
            let answer = http_request(
                client,
                HttpRequest {
                    body: body.clone().into(),
                    ..request
                },
            )
            .await;
            match (number % 20, number / 20 % 3) {
                (7, 0) => assert!(
                    matches!(answer, Err(HttpError::Truncated(_))),
                    "{number}: {answer:?}"
                ),
                (7, 1) => assert!(
                    matches!(answer, Err(HttpError::Reset(_))),
                    "{number}: {answer:?}"
                ),
                (7, _) => assert!(answer.is_err(), "{number}: {answer:?}"),
                _ => assert_eq!(answer.unwrap().body, body, "{number}"),
            }
        }
    };
    let half = |from: usize| {
        let numbers = from..from + requests() / 2;
        block_on(
            stream::iter(numbers)
                .map(exchange)
                .buffer_unordered(AT_A_TIME)
                .for_each(async |()| ()),
        );
        peak_memory()
    };
    peak_memory();
    // AddressSanitizer keeps what is freed for a while, so that a later use is seen.
    let sanitized = std::env::var_os("ASAN_OPTIONS").is_some();
    let mut peaks = vec![half(0)];
    let mut flat = false;
    // One more thread of the server at the wrong moment is a peak as well. A leak grows each time.
    while !flat && peaks.len() < 5 {
        peaks.push(half(peaks.len() * requests() / 2));
        flat = sanitized || peaks[peaks.len() - 1] * 10 <= peaks[peaks.len() - 2] * 11;
    }
    assert!(flat, "peaks of {peaks:?} KiB");
}
