//! How long it takes from the drop of a future until the server sees the end of its connection.

use async_http_client::{HttpClient, http_get};
use futures::FutureExt;
use futures::task::{Context, noop_waker};
use serde_json::{Value, json};
use std::io::{Read, Write, copy, sink};
use std::net::TcpListener;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Instant;

pub fn run(count: usize) -> Value {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let url = format!(
        "http://{}/",
        listener.local_addr().expect("it has an address")
    );
    let (began, begun) = channel();
    let (closed, closes) = channel();
    let server = thread::spawn(move || {
        for stream in listener.incoming().take(count) {
            let mut stream = stream.expect("a connection");
            // However much of it has come: the answer is the same.
            let _read = stream.read(&mut [0; 1000]).expect("a request");
            let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegins";
            stream.write_all(head).expect("the client reads");
            began.send(()).expect("somebody waits");
            let _ = copy(&mut stream, &mut sink());
            closed.send(Instant::now()).expect("somebody waits");
        }
    });
    let client = HttpClient::new().expect("a client can be made");
    let mut each = Vec::new();
    for _ in 0..count {
        let mut future = http_get(&client, &url).boxed();
        let polled = future.poll_unpin(&mut Context::from_waker(&noop_waker()));
        assert!(polled.is_pending(), "it is over already");
        begun.recv().expect("the server lives");
        let dropped = Instant::now();
        drop(future);
        each.push((closes.recv().expect("the server lives") - dropped).as_secs_f64());
    }
    server.join().expect("the server does not panic");
    json!({ "each": each })
}
