//! A server on loopback that answers when the test says so.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};

pub struct Origin(pub TcpListener);

impl Origin {
    pub fn new() -> Self {
        Origin(TcpListener::bind("127.0.0.1:0").unwrap())
    }

    pub fn url(&self) -> String {
        format!("http://{}/data?of=today", self.0.local_addr().unwrap())
    }

    /// Waits for a client and its request.
    pub fn request(&self) -> TcpStream {
        let (socket, _) = self.0.accept().unwrap();
        let mut head = BufReader::new(&socket).lines().map(Result::unwrap);
        assert_eq!(head.next().unwrap(), "GET /data?of=today HTTP/1.1");
        assert!(head.any(|line| line.is_empty()), "the head has no end");
        socket
    }
}
