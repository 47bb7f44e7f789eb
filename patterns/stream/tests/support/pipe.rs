//! A source that is silent until the test writes to it.

use std::io::{PipeReader, PipeWriter, Write};
use std::os::fd::AsRawFd;

pub struct Pipe {
    reader: PipeReader,
    writer: PipeWriter,
}

impl Pipe {
    pub fn new() -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe is opened");
        Self { reader, writer }
    }

    pub fn path(&self) -> String {
        format!("/proc/self/fd/{}", self.reader.as_raw_fd())
    }

    pub fn write(&mut self, lines: &str) {
        self.writer
            .write_all(lines.as_bytes())
            .expect("the pipe takes the lines");
    }
}
