//! The end of the process, seen from outside: the test runs itself again, as a child that exits.

#[path = "support/child.rs"]
mod child;
#[path = "support/models.rs"]
mod models;
#[path = "support/pipe.rs"]
mod pipe;

use child::in_child;
use cpp_async::FetchError;
use futures::FutureExt;
use models::{CALLBACK, COROUTINE, FUTURE, KJ, Model, PROMISE};
use pipe::Pipe;
use rustix::io::ioctl_fionread;
use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, mpsc};
use std::task::{Context, Wake};
use std::thread;

#[test]
fn exit_leaves_nobody_waiting_and_refuses_what_comes_later() {
    if std::env::var_os("EXIT_WHILE_CPP_READS").is_some() {
        exit_while_cpp_reads();
    }

    let name = "exit_leaves_nobody_waiting_and_refuses_what_comes_later";
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
    // The worker waits in its read for this.
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
        ENDED.fetch_add(1, SeqCst);
    }
}

static ENDED: AtomicUsize = AtomicUsize::new(0);

/// The process ends when all three have, however long this machine takes for it.
extern "C" fn until_all_have_ended() {
    while ENDED.load(SeqCst) < 3 {
        thread::yield_now();
    }
}

fn exit_while_cpp_reads() -> ! {
    // The first to be registered is the last to be called: after C++'s own.
    // SAFETY: it may be called by any thread, and does not unwind.
    assert_eq!(unsafe { libc::atexit(until_all_have_ended) }, 0);
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

#[test]
fn a_read_that_never_ends_does_not_keep_exit() {
    let child = in_child(&[], || {
        // Nobody writes to it, and nobody ends it.
        let mut pipe = Pipe::new();
        let url = pipe.url.clone();
        let mut waiting = [CALLBACK, COROUTINE, PROMISE, FUTURE, KJ].map(|model| model(&url));
        for fetch in &mut waiting {
            assert!(fetch.now_or_never().is_none());
        }
        pipe.wait_until_read();
        std::process::exit(3);
    });
    assert_eq!(child.status.code(), Some(3), "{child:?}");
}

/// Its destructor never returns.
struct Endless;

impl Drop for Endless {
    fn drop(&mut self) {
        loop {
            thread::park();
        }
    }
}

thread_local!(static ENDLESS: Endless = const { Endless });

/// Leaves one on the thread of C++ that wakes it.
struct LeavesOne(mpsc::Sender<()>);

impl Wake for LeavesOne {
    fn wake(self: Arc<Self>) {
        ENDLESS.with(|_| self.0.send(()).unwrap());
    }
}

#[test]
fn exit_does_not_wait_for_a_thread_local_without_an_end() {
    let child = in_child(&[], || {
        for model in [CALLBACK, KJ] {
            let (sender, woken) = mpsc::channel();
            let waker = Arc::new(LeavesOne(sender)).into();
            let pipe = Pipe::new();
            let mut fetch = model(&pipe.url);
            assert!(
                fetch
                    .poll_unpin(&mut Context::from_waker(&waker))
                    .is_pending()
            );
            drop(pipe.writer);
            woken.recv().unwrap();
        }
        std::process::exit(4);
    });
    assert_eq!(child.status.code(), Some(4), "{child:?}");
}
