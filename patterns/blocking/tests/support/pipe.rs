//! Data that C++ gets only as fast as the test writes it, and whose writer learns of its closing.

use std::io::{PipeReader, PipeWriter, Write};

/// Three times what a pipe holds.
static MORE_THAN_IT_HOLDS: [u8; 3 * (64 << 10)] = [b'x'; 3 * (64 << 10)];

pub struct Pipe {
    writer: PipeWriter,
}

#[allow(dead_code)] // not every test needs all of it
impl Pipe {
    pub fn new() -> (PipeReader, Self) {
        let (reader, writer) = std::io::pipe().unwrap();
        (reader, Self { writer })
    }

    /// Returns when C++ has read: this is more than a pipe holds by itself.
    pub fn wait_until_read(&mut self) {
        self.writer
            .write_all(&MORE_THAN_IT_HOLDS)
            .expect("C++ reads");
    }

    /// Writes until C++ has closed its end. The limit is for a test that fails.
    pub fn wait_until_closed(mut self) {
        let mut writes = (0..64).map(|_| self.writer.write_all(&MORE_THAN_IT_HOLDS));
        assert!(writes.any(|write| write.is_err()), "C++ went on reading");
    }
}
