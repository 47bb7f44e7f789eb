//! The other end of a Unix socket.

use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;

pub struct Server {
    pub url: String,
    path: PathBuf,
    listener: UnixListener,
}

impl Server {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("coroutine-{}-{name}", std::process::id()));
        Server {
            url: format!("unix://{}", path.display()),
            listener: UnixListener::bind(&path).unwrap(),
            path,
        }
    }

    pub fn accept(&self) -> UnixStream {
        self.listener.accept().unwrap().0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}
