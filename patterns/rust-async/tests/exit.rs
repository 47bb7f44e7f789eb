//! The end of the process, seen from outside: the test runs itself again, as a child that exits.

#[path = "support/poll.rs"]
mod poll;

use futures::FutureExt;
use poll::poll;
use rust_async::Timer;
use std::io::{BufRead, BufReader, Read, stdin};
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::task::Wake;
use std::thread;
use std::time::Duration;

#[test]
fn exit_joins_the_thread_and_refuses_what_comes_later() {
    if std::env::var_os("EXIT_WITH_A_WAKER_RUNNING").is_some() {
        exit_with_a_waker_running();
    }

    let name = "exit_joins_the_thread_and_refuses_what_comes_later";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("EXIT_WITH_A_WAKER_RUNNING", "yes")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    let mut says = stderr.lines().map_while(Result::ok);

    assert_eq!(says.next().as_deref(), Some("exiting"));
    // A thread that is still there when main is not.
    assert_eq!(says.next().as_deref(), Some("later timers are refused"));
    drop(child.stdin.take());
    assert_eq!(says.next().as_deref(), Some("the waker has ended"));
    assert_eq!(says.collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

struct UntilStdinEnds(mpsc::Sender<()>);

impl Wake for UntilStdinEnds {
    fn wake(self: Arc<Self>) {
        self.0.send(()).unwrap();
        stdin().read_to_end(&mut Vec::new()).unwrap();
        eprintln!("the waker has ended");
    }
}

fn exit_with_a_waker_running() -> ! {
    let (running, started) = mpsc::channel();
    let mut rings = Timer::after(Duration::ZERO);
    assert!(poll(&mut rings, &Arc::new(UntilStdinEnds(running))).is_pending());
    started.recv().unwrap();
    let mut waits = Timer::after(Duration::MAX);
    assert!((&mut waits).now_or_never().is_none());

    let (exiting, begun) = mpsc::channel();
    thread::spawn(move || {
        begun.recv().unwrap();
        while !is_refused() {
            thread::yield_now();
        }
        drop(waits);
        eprintln!("later timers are refused");
    });
    eprintln!("exiting");
    exiting.send(()).unwrap();
    std::process::exit(0);
}

fn is_refused() -> bool {
    let polled = Timer::after(Duration::MAX).now_or_never();
    polled.is_some_and(|rang| rang.is_err())
}
