//! The end of the process, seen from outside: the test runs itself again, as a child that exits.

#[path = "support/counts.rs"]
mod counts;
#[path = "support/server.rs"]
mod server;

use coroutine::{FetchError, fetch_data_asio, fetch_data_patiently};
use counts::Counts;
use server::Server;
use std::pin::Pin;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

struct Says(&'static str);

impl Wake for Says {
    fn wake(self: Arc<Self>) {
        eprintln!("{}", self.0);
    }
}

type Fetch = Pin<Box<dyn Future<Output = Result<Vec<u8>, FetchError>> + Send>>;

/// Never dropped, which would stop them.
static LEFT: Mutex<Vec<Fetch>> = Mutex::new(Vec::new());

fn leave(mut fetch: Fetch, woken: &'static str) {
    let waker = Waker::from(Arc::new(Says(woken)));
    let poll = fetch.as_mut().poll(&mut Context::from_waker(&waker));
    assert_eq!(poll, Poll::Pending);
    LEFT.lock().unwrap().push(fetch);
}

#[test]
fn the_end_of_the_process_ends_the_coroutines() {
    if std::env::var_os("EXIT_WITH_COROUTINES_SUSPENDED").is_some() {
        let counts = Counts::begin();
        let hour = Duration::from_secs(3600);
        leave(
            Box::pin(fetch_data_patiently("file:///no/such/file", hour)),
            "the sleeping one",
        );
        counts.wait_for_sleeping(1);
        let server = Server::new("exit");
        let url = server.url.clone();
        leave(
            Box::pin(async move { fetch_data_asio(&url).await }),
            "the one of Asio's",
        );
        let _connection = server.accept();
        drop(server);
        eprintln!("exiting");
        std::process::exit(0);
    }

    let name = "the_end_of_the_process_ends_the_coroutines";
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("EXIT_WITH_COROUTINES_SUSPENDED", "yes")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&child.stderr);
    let mut says: Vec<_> = stderr.lines().collect();
    says.sort();
    assert_eq!(says, ["exiting", "the one of Asio's", "the sleeping one"]);
    assert_eq!(child.status.code(), Some(0));
}
