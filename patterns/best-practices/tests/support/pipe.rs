//! A file in which there is nothing to read, and whose writer learns of its closing.

use std::io::{PipeReader, PipeWriter, Write};
use std::os::fd::AsRawFd;

pub struct Pipe {
    reader: PipeReader,
    writer: PipeWriter,
}

impl Pipe {
    pub fn new() -> Self {
        let (reader, writer) = std::io::pipe().unwrap();
        Pipe { reader, writer }
    }

    pub fn path(&self) -> String {
        format!("/proc/self/fd/{}", self.reader.as_raw_fd())
    }

    #[allow(dead_code)] // not every test needs it
    pub fn write(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
    }

    /// Whether C++ has it open: asked now, and once.
    #[allow(dead_code)] // not every test needs it
    pub fn left_open_by_cpp(mut self) -> bool {
        drop(self.reader);
        self.writer.write_all(b"x").is_ok()
    }
}
