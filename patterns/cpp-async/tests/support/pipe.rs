//! A file that C++ reads only as fast as the test writes it, and that the test sees it close.

use std::fs::{read_dir, read_link};
use std::io::{PipeReader, PipeWriter, Write};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(20);

/// What the kernel calls it.
fn name_of(descriptor: i32) -> PathBuf {
    read_link(format!("/proc/self/fd/{descriptor}")).unwrap()
}

/// How many descriptors of this process have that name.
fn open_as(name: &Path) -> usize {
    let open = read_dir("/proc/self/fd").unwrap();
    open.filter(|entry| read_link(entry.as_ref().unwrap().path()).is_ok_and(|path| path == name))
        .count()
}

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
        open_as(&name_of(self.writer.as_raw_fd()))
    }

    /// Ends it, and returns when C++ has closed it.
    pub fn end(self) {
        let this = name_of(self.writer.as_raw_fd());
        drop((self.reader, self.writer));
        let limit = Instant::now() + LIMIT;
        while open_as(&this) > 0 {
            assert!(Instant::now() < limit, "C++ has it open after 20 s");
            std::thread::yield_now();
        }
    }

    /// Returns when C++ has closed it, to which nothing is written meanwhile.
    pub fn wait_until_closed(&mut self) {
        self.leave_it_to_cpp();
        let limit = Instant::now() + LIMIT;
        while self.opened() > 1 {
            assert!(Instant::now() < limit, "C++ has it open after 20 s");
            std::thread::yield_now();
        }
    }
}
