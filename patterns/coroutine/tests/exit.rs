//! The end of the process, seen from outside: each test runs itself again, as a child that exits.

#[path = "support/child.rs"]
mod child;
#[path = "support/counts.rs"]
mod counts;
#[path = "support/fifo.rs"]
mod fifo;
#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/server.rs"]
mod server;

use child::in_child;
use coroutine::{FetchError, fetch_data, fetch_data_asio, fetch_data_patiently, shutdown};
use counts::Counts;
use fifo::Fifo;
use futures::FutureExt;
use futures::executor::block_on;
use pipe::Pipe;
use server::Server;
use std::pin::Pin;
use std::process::exit;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

struct Calls<F>(F);

impl<F: Fn() + Send + Sync> Wake for Calls<F> {
    fn wake(self: Arc<Self>) {
        (self.0)();
    }
}

type Fetch = Pin<Box<dyn Future<Output = Result<Vec<u8>, FetchError>> + Send>>;

const HOUR: Duration = Duration::from_secs(3600);

/// Starts a fetch and never drops it, which would stop it.
fn leave(mut fetch: Fetch, woken: impl Fn() + Send + Sync + 'static) {
    let waker = Waker::from(Arc::new(Calls(woken)));
    let poll = fetch.as_mut().poll(&mut Context::from_waker(&waker));
    assert_eq!(poll, Poll::Pending);
    std::mem::forget(fetch);
}

/// Until the pipe is closed.
fn reading(pipe: &Pipe) -> Fetch {
    let url = pipe.url.clone();
    Box::pin(async move { fetch_data(&url).await })
}

fn sleeping() -> Fetch {
    Box::pin(fetch_data_patiently("file:///no/such/file", HOUR))
}

fn waiting(server: &Server) -> Fetch {
    let url = server.url.clone();
    Box::pin(async move { fetch_data_asio(&url).await })
}

#[test]
fn the_end_of_the_process_ends_the_coroutines() {
    let ended = in_child(&[], || {
        let counts = Counts::begin();
        leave(sleeping(), || eprintln!("the sleeping one"));
        counts.wait_for_sleeping(1);
        let server = Server::new("exit");
        leave(waiting(&server), || eprintln!("the one of Asio's"));
        let _connection = server.accept();
        let fifo = Fifo::new("exit");
        let url = fifo.url.clone();
        leave(Box::pin(async move { fetch_data(&url).await }), || {
            eprintln!("the one that reads")
        });
        let _silent = fifo.writer();
        drop((server, fifo));
        exit(0);
    });
    let mut says: Vec<_> = ended.stderr.lines().collect();
    says.sort();
    assert_eq!(
        says,
        [
            "the one of Asio's",
            "the one that reads",
            "the sleeping one"
        ]
    );
    assert_eq!(ended.status.code(), Some(0));
}

#[test]
fn a_waker_may_exit_on_a_worker() {
    let ended = in_child(&[], || {
        let pipe = Pipe::new();
        leave(reading(&pipe), || exit(3));
        drop(pipe.writer);
        loop {
            thread::park();
        }
    });
    assert_eq!(ended.status.code(), Some(3), "a worker: {ended:?}");
}

#[test]
fn a_waker_may_exit_on_the_thread_of_the_timers() {
    let ended = in_child(&[], || {
        // What is asked to stop while it sleeps ends on the timers' thread.
        let counts = Counts::begin();
        leave(sleeping(), || exit(3));
        counts.wait_for_sleeping(1);
        shutdown();
        loop {
            thread::park();
        }
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}

#[test]
fn a_waker_may_exit_on_the_thread_of_asio() {
    let ended = in_child(&[], || {
        let server = Server::new("asio");
        leave(waiting(&server), || exit(3));
        drop(server.accept());
        drop(server);
        loop {
            thread::park();
        }
    });
    assert_eq!(ended.status.code(), Some(3), "{ended:?}");
}

#[test]
fn exit_does_not_wait_for_a_waker_without_an_end() {
    let ended = in_child(&[], || {
        let (sender, running) = mpsc::channel();
        let pipe = Pipe::new();
        leave(reading(&pipe), move || {
            sender.send(()).unwrap();
            loop {
                thread::park();
            }
        });
        drop(pipe.writer);
        running.recv().unwrap();
        exit(4);
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}

#[test]
fn a_waker_may_shut_down() {
    let ended = in_child(&[], || {
        let (sender, woken) = mpsc::channel();
        let (one, other) = (Pipe::new(), Pipe::new());
        for fetch in [reading(&one), reading(&other), sleeping()] {
            let sender = sender.clone();
            leave(fetch, move || {
                shutdown();
                sender.send(()).unwrap();
            });
        }
        drop((one.writer, other.writer));
        for _ in 0..3 {
            woken.recv_timeout(Duration::from_secs(10)).unwrap();
        }
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn what_is_destroyed_after_the_threads_gets_an_err() {
    unsafe extern "C" {
        fn atexit(call: extern "C" fn()) -> i32;
    }
    // As the destructor of a global does that was made before the first fetch.
    extern "C" fn fetches() {
        let fetched = fetch_data("file:///dev/null").now_or_never();
        eprintln!("{}", fetched.unwrap().unwrap_err());
    }

    let ended = in_child(&[], || {
        // SAFETY: it may be called at any time.
        unsafe { atexit(fetches) };
        assert_eq!(block_on(fetch_data("file:///dev/null")), Ok(vec![]));
    });
    assert_eq!(ended.stderr, "the workers have been closed\n");
    assert_eq!(ended.status.code(), Some(0));
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

#[test]
fn exit_does_not_wait_for_a_thread_local_without_an_end() {
    let ended = in_child(&[], || {
        let (sender, woken) = mpsc::channel();
        let pipe = Pipe::new();
        leave(reading(&pipe), move || {
            ENDLESS.with(|_| sender.send(()).unwrap());
        });
        drop(pipe.writer);
        woken.recv().unwrap();
        exit(4);
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}
