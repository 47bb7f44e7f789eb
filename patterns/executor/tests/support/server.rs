//! A TCP server on loopback: the gate that a task waits at. The test opens it, or sees that the task is gone.

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::time::Duration;

pub struct Server {
    listener: TcpListener,
    pub url: String,
}

impl Server {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("tcp://{}", listener.local_addr().unwrap());
        Server { listener, url }
    }

    /// Returns when a task has connected. It then waits for what its `Client` says.
    pub fn accept(&self) -> Client {
        let (stream, _) = self.listener.accept().unwrap();
        // For a test that fails.
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        Client(stream)
    }
}

pub struct Client(TcpStream);

impl Client {
    /// Returns when the task has read these bytes and the end.
    pub fn answer(mut self, bytes: &[u8]) {
        self.0.write_all(bytes).unwrap();
        self.0.shutdown(Shutdown::Write).unwrap();
        self.wait_until_gone();
    }

    /// Sends as long as the task reads.
    #[allow(dead_code)] // not every test needs it
    pub fn write_until_gone(mut self) {
        while self.0.write_all(&[b'x'; 64 << 10]).is_ok() {}
    }

    /// Returns when the task is gone: its future has ended, or was dropped, and closed the connection.
    pub fn wait_until_gone(&mut self) {
        match self.0.read(&mut [0]) {
            Ok(0) => (),
            // It had not read all that was sent.
            Err(error) if error.kind() == ErrorKind::ConnectionReset => (),
            other => panic!("the task is still there: {other:?}"),
        }
    }
}
