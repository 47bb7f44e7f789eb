//! A log file of the test's own, removed when dropped.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

static FILES: AtomicUsize = AtomicUsize::new(0);

pub struct Log(PathBuf);

impl Log {
    pub fn of(bytes: impl AsRef<[u8]>) -> Self {
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("stream-{}-{number}.log", std::process::id()));
        std::fs::write(&path, bytes).expect("the log is written");
        Self(path)
    }

    pub fn path(&self) -> &str {
        self.0
            .to_str()
            .expect("the folder for temporary files is UTF-8")
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        std::fs::remove_file(&self.0).expect("the log is removed");
    }
}
