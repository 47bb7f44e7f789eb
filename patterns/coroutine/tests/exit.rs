//! The end of the process, seen from outside: each test runs itself again, as a child that exits.

#[path = "support/child.rs"]
mod child;
#[path = "support/counts.rs"]
mod counts;
#[path = "support/fifo.rs"]
mod fifo;
#[path = "support/server.rs"]
mod server;

use child::in_child;
use coroutine::{FetchError, fetch_data, fetch_data_asio, fetch_data_patiently, shutdown};
use counts::Counts;
use fifo::Fifo;
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

fn reading() -> Fetch {
    Box::pin(fetch_data("file:///dev/null"))
}

fn sleeping(patience: Duration) -> Fetch {
    Box::pin(fetch_data_patiently("file:///no/such/file", patience))
}

fn waiting(server: &Server) -> Fetch {
    let url = server.url.clone();
    Box::pin(async move { fetch_data_asio(&url).await })
}

#[test]
fn the_end_of_the_process_ends_the_coroutines() {
    let ended = in_child(&[], || {
        let counts = Counts::begin();
        leave(sleeping(HOUR), || eprintln!("the sleeping one"));
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
        leave(reading(), || exit(3));
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
        let server = Server::new("timers");
        leave(waiting(&server), || {});
        leave(sleeping(HOUR), || exit(3));
        counts.wait_for_sleeping(1);
        drop(server);
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
        leave(reading(), move || {
            sender.send(()).unwrap();
            loop {
                thread::park();
            }
        });
        running.recv().unwrap();
        exit(4);
    });
    assert_eq!(ended.status.code(), Some(4), "{ended:?}");
}

#[test]
fn a_waker_may_shut_down() {
    let ended = in_child(&[], || {
        let (sender, woken) = mpsc::channel();
        for fetch in [reading(), reading(), sleeping(Duration::from_millis(1))] {
            let sender = sender.clone();
            leave(fetch, move || {
                shutdown();
                sender.send(()).unwrap();
            });
        }
        for _ in 0..3 {
            woken.recv_timeout(Duration::from_secs(10)).unwrap();
        }
    });
    assert!(ended.status.success(), "{ended:?}");
}
