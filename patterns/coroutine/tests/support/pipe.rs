//! A file that C++ reads only as fast as the test writes it, and whose writer learns of its closing.

use std::io::{PipeReader, PipeWriter, Write};
use std::os::fd::AsRawFd;

#[allow(dead_code)] // not every test needs all of it
pub struct Pipe {
    pub url: String,
    pub reader: PipeReader,
    pub writer: PipeWriter,
}

impl Pipe {
    pub fn new() -> Self {
        let (reader, writer) = std::io::pipe().unwrap();
        Pipe {
            url: format!("file:///dev/fd/{}", reader.as_raw_fd()),
            reader,
            writer,
        }
    }

    /// Returns when C++ has read: this is more than a pipe holds by itself.
    #[allow(dead_code)]
    pub fn wait_until_read(&mut self) {
        self.writer.write_all(&[b'x'; 3 * (64 << 10)]).unwrap();
    }
}
