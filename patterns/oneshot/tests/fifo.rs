//! FIFOs: files that have no bytes, and no end, before a writer comes.

#[path = "support/child.rs"]
mod child;
mod deadline;

use child::in_child;
use deadline::answer_of;
use futures::FutureExt;
use oneshot::{fetch_data, stopped_fetches};
use std::fs::{File, remove_file};
use std::io::Write;
use std::process::Command;

struct Fifo {
    url: String,
}

impl Fifo {
    fn new(name: &str) -> Self {
        let name = format!("oneshot-{name}-{}", std::process::id());
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

    fn path(&self) -> &str {
        self.url.strip_prefix("file://").unwrap()
    }

    /// Opens it when a reader has.
    fn writer(&self) -> File {
        File::options().write(true).open(self.path()).unwrap()
    }
}

impl Drop for Fifo {
    fn drop(&mut self) {
        let _ = remove_file(self.path());
    }
}

#[test]
fn a_fifo_is_read_when_its_writer_comes() {
    let fifo = Fifo::new("read");
    let url = fifo.url.clone();
    let mut fetch = Box::pin(async move { fetch_data(&url).await });
    assert_eq!((&mut fetch).now_or_never(), None);
    // Time for a worker to find it empty.
    for _ in 0..100 {
        assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
    }
    assert_eq!((&mut fetch).now_or_never(), None);
    let mut writer = fifo.writer();
    writer.write_all(b"all is well").unwrap();
    drop(writer);
    assert_eq!(answer_of(fetch), Ok(b"all is well".to_vec()));
}

#[test]
fn a_dropped_fetch_of_a_fifo_frees_its_worker() {
    let fifo = Fifo::new("dropped");
    for _ in 0..8 {
        let mut fetch = Box::pin(fetch_data(&fifo.url));
        assert_eq!((&mut fetch).now_or_never(), None);
    }
    assert_eq!(answer_of(fetch_data("file:///dev/null")), Ok(vec![]));
}

#[test]
fn exit_does_not_wait_for_the_writer_of_a_fifo() {
    unsafe extern "C" {
        fn atexit(call: extern "C" fn()) -> i32;
    }
    extern "C" fn say_what_stopped() {
        eprintln!("stopped: {}", stopped_fetches() > 0);
    }

    let ended = in_child(&[], || {
        // Before the first fetch, and so called after what that registers.
        // SAFETY: it may be called at any time.
        unsafe { atexit(say_what_stopped) };
        let fifo = Fifo::new("exit");
        let mut fetches = [(); 8].map(|()| Box::pin(fetch_data(&fifo.url)));
        for fetch in &mut fetches {
            assert_eq!(fetch.now_or_never(), None);
        }
        let _silent = fifo.writer();
        remove_file(fifo.path()).unwrap();
        std::process::exit(5);
    });
    assert_eq!(ended.stderr, "stopped: true\n");
    assert_eq!(ended.status.code(), Some(5));
}
