//! Bodies that are larger than what may lie in memory, both ways.

mod support;

use async_http_client::{
    BODY_ROOM, HttpBody, HttpClient, HttpError, HttpRequest, http_request, http_stream,
};
use futures::channel::mpsc;
use futures::executor::block_on;
use futures::{SinkExt, StreamExt, TryStreamExt, stream};
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use support::{Server, reply, until_closed};

const BLOCK: usize = 64 << 10;

/// 32 MiB; 4 MiB where a tool makes everything slow.
fn large() -> usize {
    match std::env::var("COOKBOOK_LOAD").as_deref() {
        Ok("light") => 4 << 20,
        _ => 32 << 20,
    }
}

/// What stands at a position, so that a block that is lost, doubled or moved is seen.
fn block(position: usize) -> Vec<u8> {
    position.to_le_bytes().repeat(BLOCK / size_of::<usize>())
}

fn blocks(length: usize) -> impl Iterator<Item = Vec<u8>> {
    (0..length).step_by(BLOCK).map(block)
}

fn is_right(bytes: &[u8]) -> bool {
    let mut pairs = bytes.chunks(BLOCK).zip(blocks(bytes.len()));
    pairs.all(|(found, wanted)| found == &wanted[..found.len()])
}

/// A body of that length; tells how much of it was written when the client first took no more for a while.
fn long_answers(length: usize) -> (Server, Receiver<usize>) {
    let (sender, stalls) = channel();
    let sender = Mutex::new(sender);
    let server = Server::new(move |_, stream| {
        stream
            .write_all(format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n").as_bytes())?;
        stream.set_write_timeout(Some(Duration::from_millis(300)))?;
        let body = blocks(length).collect::<Vec<_>>().concat();
        let mut written = 0;
        while written < length {
            match stream.write(&body[written..]) {
                Ok(count) => written += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    let _ = sender.lock().unwrap().send(written);
                    stream.set_write_timeout(None)?;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    });
    (server, stalls)
}

fn get(server: &Server) -> HttpRequest {
    HttpRequest {
        max_body: usize::MAX,
        ..HttpRequest::new("GET", &server.url)
    }
}

#[test]
fn the_head_is_there_before_the_body() {
    let (sender, gate) = channel::<()>();
    let gate = Mutex::new(gate);
    let server = Server::new(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")?;
        gate.lock().unwrap().recv().unwrap();
        stream.write_all(b"late")
    });
    let client = HttpClient::new().unwrap();
    let response = block_on(http_stream(&client, get(&server))).unwrap();
    assert_eq!(response.header("Content-Length"), Some("4"));
    sender.send(()).unwrap();
    assert_eq!(block_on(response.body.try_concat()).unwrap(), b"late");
}

#[test]
fn a_streamed_body_is_whole_and_in_order() {
    let (server, _) = long_answers(large());
    let client = HttpClient::new().unwrap();
    let mut body = block_on(http_stream(&client, get(&server))).unwrap().body;
    let mut whole = Vec::new();
    while let Some(piece) = block_on(body.next()) {
        let piece = piece.unwrap();
        assert!(
            piece.len() <= BODY_ROOM,
            "{} bytes lay in memory",
            piece.len()
        );
        whole.extend(piece);
    }
    assert_eq!((whole.len(), is_right(&whole)), (large(), true));
}

#[test]
fn a_body_that_nobody_takes_stops_its_server() {
    let length = 32 << 20;
    let (server, stalls) = long_answers(length);
    let other = Server::new(|_, stream| reply(stream, 200, "", b"answer"));
    let client = HttpClient::new().unwrap();
    let body = block_on(http_stream(&client, get(&server))).unwrap().body;
    let sent = stalls.recv().unwrap();
    // What the sockets of both sides hold, and BODY_ROOM.
    assert!(
        sent < 16 << 20,
        "{sent} bytes were sent, and none was taken"
    );
    // Other exchanges go on meanwhile, on the same worker.
    assert_eq!(
        block_on(http_request(&client, get(&other))).unwrap().body,
        b"answer"
    );
    assert_eq!(block_on(body.try_concat()).unwrap().len(), length);
}

#[test]
fn what_arrived_comes_before_the_error_and_the_error_is_the_end() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")?;
        Err(io::ErrorKind::Other.into())
    });
    let client = HttpClient::new().unwrap();
    let mut body = block_on(http_stream(&client, get(&server))).unwrap().body;
    assert_eq!(block_on(body.next()), Some(Ok(b"half".to_vec())));
    assert!(matches!(
        block_on(body.next()),
        Some(Err(HttpError::Truncated(_)))
    ));
    assert_eq!(block_on(body.next()), None);
    assert_eq!(block_on(body.next()), None);
}

/// Answers with how many bytes came, and whether they were the right ones.
fn counts() -> Server {
    Server::new(|request, stream| {
        let right = is_right(&request.body);
        let chunked = request.header("Transfer-Encoding") == Some("chunked");
        reply(
            stream,
            200,
            "",
            format!("{} {right} {chunked}", request.body.len()).as_bytes(),
        )
    })
}

fn upload(server: &Server, method: &str, body: HttpBody) -> HttpRequest {
    HttpRequest {
        body,
        ..HttpRequest::new(method, &server.url)
    }
}

#[test]
fn a_streamed_upload_arrives_whole_and_in_order() {
    let server = counts();
    let client = HttpClient::new().unwrap();
    for method in ["POST", "PUT"] {
        let body = HttpBody::Stream(Box::pin(stream::iter(blocks(large()).map(Ok))));
        let answer = block_on(http_request(&client, upload(&server, method, body)))
            .unwrap()
            .body;
        assert_eq!(
            String::from_utf8_lossy(&answer),
            format!("{} true true", large())
        );
    }
}

#[test]
fn an_upload_of_nothing_and_one_with_empty_pieces_arrive() {
    let server = counts();
    let client = HttpClient::new().unwrap();
    for (pieces, expected) in [
        (vec![], "0 true true"),
        (vec![vec![], vec![0; 3], vec![], vec![]], "3 true true"),
    ] {
        let body = HttpBody::Stream(Box::pin(stream::iter(pieces.into_iter().map(Ok))));
        let answer = block_on(http_request(&client, upload(&server, "POST", body)))
            .unwrap()
            .body;
        assert_eq!(String::from_utf8_lossy(&answer), expected);
    }
}

#[test]
fn a_piece_is_sent_when_it_comes() {
    let (sender, arrived) = channel();
    let sender = Mutex::new(sender);
    let server = Server::raw(move |stream, _| {
        let (mut all, mut some) = (Vec::new(), [0; 1000]);
        while !all.ends_with(b"\r\n0\r\n\r\n") {
            let count = stream.read(&mut some)?;
            all.extend(&some[..count]);
            let _ = sender
                .lock()
                .unwrap()
                .send(String::from_utf8_lossy(&all).into_owned());
        }
        reply(stream, 200, "", b"")
    });
    let client = HttpClient::new().unwrap();
    let (mut pieces, body) = mpsc::channel(0);
    let feeds = std::thread::spawn(move || {
        for piece in ["one", "two", "three"] {
            block_on(pieces.send(Ok(piece.into()))).unwrap();
            // The next one comes only when the server has this one.
            while !arrived
                .recv_timeout(Duration::from_secs(20))
                .unwrap()
                .contains(piece)
            {}
        }
    });
    let request = upload(&server, "POST", HttpBody::Stream(Box::pin(body)));
    assert_eq!(
        block_on(http_request(&client, request)).unwrap().status,
        200
    );
    feeds.join().unwrap();
}

#[test]
fn an_upload_that_nobody_reads_takes_no_more_pieces_and_may_be_answered() {
    let silent = Server::raw(|stream, _| {
        stream.read_exact(&mut [0; 64])?;
        // Time to take far too much. It need not be enough: whoever waits, waits for ever.
        std::thread::sleep(Duration::from_millis(300));
        reply(stream, 413, "Connection: close\r\n", b"")?;
        until_closed(stream);
        Ok(())
    });
    let client = HttpClient::new().unwrap();
    let taken = Arc::new(AtomicUsize::new(0));
    let counts = taken.clone();
    let endless = stream::repeat_with(move || {
        counts.fetch_add(BLOCK, Ordering::SeqCst);
        Ok(vec![b'x'; BLOCK])
    });
    let request = upload(&silent, "POST", HttpBody::Stream(Box::pin(endless)));
    let response = block_on(http_stream(&client, request)).unwrap();
    assert_eq!(response.status, 413);
    let taken = taken.load(Ordering::SeqCst);
    assert!(
        taken < 16 << 20,
        "{taken} bytes were taken, and none was read"
    );
}

#[test]
fn an_upload_that_fails_ends_the_exchange_and_its_connection() {
    let (closed, events) = channel();
    let closed = Mutex::new(closed);
    let server = Server::raw(move |stream, _| {
        until_closed(stream);
        closed.lock().unwrap().send(()).unwrap();
        Ok(())
    });
    let client = HttpClient::new().unwrap();
    let pieces = [Ok(vec![1; 10]), Err(io::Error::other("the disk is gone"))];
    let body = HttpBody::Stream(Box::pin(stream::iter(pieces)));
    let answer = block_on(http_request(&client, upload(&server, "POST", body)));
    assert_eq!(
        answer,
        Err(HttpError::Upload("the disk is gone".to_owned()))
    );
    events
        .recv_timeout(Duration::from_secs(20))
        .expect("the server still waits");
}

#[test]
fn a_streamed_upload_is_not_sent_twice() {
    let server = Server::new(|request, stream| match request.path() {
        "/end" => reply(stream, 200, "", &request.body),
        _ => reply(stream, 307, "Location: /end\r\n", b""),
    });
    let client = HttpClient::new().unwrap();
    let body = HttpBody::Stream(Box::pin(stream::iter([Ok(vec![1; 10])])));
    let answer = block_on(http_request(&client, upload(&server, "POST", body)));
    assert!(matches!(answer, Err(HttpError::Other(_))), "{answer:?}");
}

#[test]
fn small_pieces_take_little_memory() {
    let (sender, gate) = channel::<()>();
    let gate = Mutex::new(gate);
    let server = Server::new(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")?;
        for _ in gate.lock().unwrap().iter() {
            stream.write_all(b"5\r\nevent\r\n")?;
        }
        stream.write_all(b"0\r\n\r\n")
    });
    let sender = sender; // dropped before the server, which waits for it
    let client = HttpClient::new().unwrap();
    let mut body = block_on(http_stream(&client, get(&server))).unwrap().body;
    for _ in 0..50 {
        sender.send(()).unwrap();
        let piece = block_on(body.next()).unwrap().unwrap();
        assert_eq!(piece, b"event");
        assert!(piece.capacity() < 100, "{} bytes", piece.capacity());
    }
    drop(sender);
    assert_eq!(block_on(body.next()), None);
}
