//! A server that each test tells what to answer, byte by byte where it matters.
#![allow(dead_code, reason = "no test file needs all of it")]

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

pub struct Server {
    /// `http://127.0.0.1:port`
    pub url: String,
    seen: Arc<Seen>,
    address: SocketAddr,
    accepts: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Seen {
    connections: AtomicUsize,
    heads: Mutex<Vec<String>>,
    stopping: AtomicBool,
}

/// A request as it arrived.
pub struct Request {
    /// The request line and the headers.
    pub head: String,
    pub body: Vec<u8>,
}

impl Request {
    /// The path, with the query.
    pub fn path(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or("")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.head, name)
    }
}

fn header<'head>(head: &'head str, name: &str) -> Option<&'head str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    lines
        .filter(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
        .next()
}

impl Server {
    /// Answers every request with what `answer` writes. An `Err` of it closes the connection.
    pub fn new(
        answer: impl Fn(&Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        Self::raw(move |stream, seen| {
            let mut reader = BufReader::new(stream.try_clone()?);
            while let Some(request) = read_request(&mut reader, stream)? {
                seen(&request.head);
                answer(&request, stream)?;
            }
            Ok(())
        })
    }

    /// Gives every connection to `connection`, with what notes a request's head.
    pub fn raw(
        connection: impl Fn(&mut TcpStream, &dyn Fn(&str)) -> io::Result<()> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let noted = seen.clone();
        let connection = Arc::new(connection);
        let accepts = thread::spawn(move || {
            let mut open: Vec<JoinHandle<()>> = Vec::new();
            for stream in listener.incoming() {
                if noted.stopping.load(Ordering::SeqCst) {
                    break;
                }
                noted.connections.fetch_add(1, Ordering::SeqCst);
                open.retain(|thread| !thread.is_finished()); // or their stacks would look like a leak
                let (mut stream, noted, connection) =
                    (stream.unwrap(), noted.clone(), connection.clone());
                stream.set_nodelay(true).unwrap();
                open.push(thread::spawn(move || {
                    let _ = connection(&mut stream, &|head| {
                        noted.heads.lock().unwrap().push(head.to_owned())
                    });
                }));
            }
            for thread in open {
                thread.join().unwrap();
            }
        });
        let url = format!("http://{address}");
        Self {
            url,
            seen,
            address,
            accepts: Some(accepts),
        }
    }

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// The heads of all requests so far.
    pub fn heads(&self) -> Vec<String> {
        self.seen.heads.lock().unwrap().clone()
    }
}

impl Drop for Server {
    /// Waits for every connection to be closed, so what a test leaves open is seen as a hang.
    fn drop(&mut self) {
        self.seen.stopping.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        let ended = self.accepts.take().unwrap().join();
        if !thread::panicking() {
            ended.unwrap();
        }
    }
}

/// None: the client has closed the connection.
pub fn read_request(
    reader: &mut impl BufRead,
    stream: &mut TcpStream,
) -> io::Result<Option<Request>> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(None);
        }
    }
    if header(&head, "Expect").is_some() {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let mut body = Vec::new();
    if header(&head, "Transfer-Encoding") == Some("chunked") {
        while read_chunk(reader, &mut body)? {}
    } else if let Some(length) = header(&head, "Content-Length") {
        body.resize(length.parse().unwrap(), 0);
        reader.read_exact(&mut body)?;
    }
    Ok(Some(Request { head, body }))
}

fn read_chunk(reader: &mut impl BufRead, body: &mut Vec<u8>) -> io::Result<bool> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let size = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
    let start = body.len();
    body.resize(start + size + 2, 0);
    reader.read_exact(&mut body[start..])?;
    body.truncate(start + size);
    Ok(size > 0)
}

/// Answers with a status, headers (each ending in CR LF) and a body of known length.
pub fn reply(stream: &mut TcpStream, status: u16, headers: &str, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} Words\r\n{headers}Content-Length: {length}\r\n\r\n");
    stream.write_all(&[head.as_bytes(), body].concat())
}

/// Reads until the client closes the connection.
pub fn until_closed(stream: &mut TcpStream) {
    let _ = io::copy(stream, &mut io::sink());
}
