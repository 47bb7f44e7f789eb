//! A file that has no bytes, and no end, before its writer comes.

use std::fs::{File, remove_file};
use std::process::Command;

pub struct Fifo {
    pub url: String,
}

impl Fifo {
    pub fn new(name: &str) -> Self {
        let name = format!("coroutine-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        assert!(
            Command::new("mkfifo")
                .arg(&path)
                .status()
                .unwrap()
                .success()
        );
        let url = format!("file://{}", path.display());
        Fifo { url }
    }

    /// Opens it when a reader has.
    pub fn writer(&self) -> File {
        File::options().write(true).open(self.path()).unwrap()
    }

    fn path(&self) -> &str {
        self.url.strip_prefix("file://").unwrap()
    }
}

impl Drop for Fifo {
    fn drop(&mut self) {
        let _ = remove_file(self.path());
    }
}
