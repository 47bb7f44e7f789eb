//! A file that C++ reads only as fast as the test writes it, and that the test sees it close.

use std::fs::{read_dir, read_link};
use std::io::{PipeReader, PipeWriter, Write};
use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

pub struct Pipe {
    pub url: String,
    pub reader: Option<PipeReader>,
    pub writer: PipeWriter,
}

#[allow(dead_code)] // not every test needs all of it
impl Pipe {
    pub fn new() -> Self {
        let (reader, writer) = std::io::pipe().unwrap();
        Pipe {
            url: format!("file:///dev/fd/{}", reader.as_raw_fd()),
            reader: Some(reader),
            writer,
        }
    }

    /// Returns when C++ has read: this is more than a pipe holds by itself.
    pub fn wait_until_read(&mut self) {
        self.writer.write_all(&[b'x'; 3 * (64 << 10)]).unwrap();
    }

    /// From here on only C++ has it open for reading.
    pub fn leave_it_to_cpp(&mut self) {
        self.reader = None;
    }

    /// How often this process has it open. Once is for the writer.
    pub fn opened(&self) -> usize {
        let name = |path: &str| read_link(path).unwrap_or_default();
        let this = name(&format!("/proc/self/fd/{}", self.writer.as_raw_fd()));
        let open = read_dir("/proc/self/fd").unwrap();
        open.filter(|entry| name(entry.as_ref().unwrap().path().to_str().unwrap()) == this)
            .count()
    }

    /// Returns when C++ has closed it, to which nothing is written meanwhile.
    pub fn wait_until_closed(&mut self) {
        self.leave_it_to_cpp();
        let limit = Instant::now() + Duration::from_secs(20);
        while self.opened() > 1 {
            assert!(Instant::now() < limit, "C++ has it open after 20 s");
            std::thread::yield_now();
        }
    }
}
