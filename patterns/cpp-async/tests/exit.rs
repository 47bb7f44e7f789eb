//! The end of the process, seen from outside: the test runs itself again, as a child that exits.

#[path = "support/models.rs"]
mod models;

use cpp_async::FetchError;
use futures::FutureExt;
use models::{CALLBACK, COROUTINE, KJ, Model, PROMISE};
use rustix::io::ioctl_fionread;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::task::{Context, Wake};
use std::thread;

#[test]
fn exit_joins_the_threads_and_leaves_nobody_waiting() {
    if std::env::var_os("EXIT_WHILE_CPP_READS").is_some() {
        exit_while_cpp_reads();
    }

    let name = "exit_joins_the_threads_and_leaves_nobody_waiting";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("EXIT_WHILE_CPP_READS", "yes")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut says = BufReader::new(child.stderr.take().unwrap())
        .lines()
        .map_while(Result::ok);

    assert_eq!(says.next().as_deref(), Some("exiting"));
    assert_eq!(says.next().as_deref(), Some("the kj promise has ended"));
    // A thread that is still there when main is not.
    assert_eq!(says.next().as_deref(), Some("later fetches are refused"));
    // The worker waits in its read for this, and exit waits for the worker.
    drop(child.stdin.take());
    assert_eq!(says.next().as_deref(), Some("the callback has ended"));
    assert_eq!(says.next().as_deref(), Some("the coroutine has ended"));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// What is woken says so on C++'s thread, before that can be joined.
struct Says(&'static str);

impl Wake for Says {
    fn wake(self: Arc<Self>) {
        eprintln!("the {} has ended", self.0);
    }
}

fn exit_while_cpp_reads() -> ! {
    let models = [
        (CALLBACK, "callback"),
        (COROUTINE, "coroutine"),
        (KJ, "kj promise"),
    ];
    let _waiting = models.map(|(model, name)| {
        let mut fetch = model("file:///dev/stdin");
        let waker = Arc::new(Says(name)).into();
        assert!(
            fetch
                .poll_unpin(&mut Context::from_waker(&waker))
                .is_pending()
        );
        if name == "callback" {
            until_cpp_reads_stdin();
        }
        fetch
    });
    eprintln!("exiting");
    thread::spawn(|| {
        for model in [KJ, CALLBACK, COROUTINE, PROMISE] {
            until_refused(model);
        }
        eprintln!("later fetches are refused");
    });
    std::process::exit(0);
}

/// The worker looks whether it is to close before it reads, and not again before the end of what it reads.
fn until_cpp_reads_stdin() {
    let mut stdin = OpenOptions::new().write(true).open("/dev/stdin").unwrap();
    stdin.write_all(b"x").unwrap();
    while ioctl_fionread(&stdin).unwrap() > 0 {
        thread::yield_now();
    }
}

/// Asks for fetches until one is refused.
fn until_refused(model: Model) {
    let mut tries = 0;
    while !matches!(
        model("file:///dev/null").now_or_never(),
        Some(Err(FetchError::Failed(_)))
    ) {
        tries += 1;
        assert!(tries < 1_000_000, "never refused");
        thread::yield_now();
    }
}
