//! The end of the process, seen from outside: the test runs itself again, as a child that exits.

mod refused;

use futures::FutureExt;
use oneshot::{AsyncContext, fetch_with, handle_fetch_result};
use refused::until_refused;
use std::io::{BufRead, BufReader, Read, stdin};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

#[test]
fn exit_joins_the_threads_and_refuses_what_comes_later() {
    if std::env::var_os("EXIT_WITH_A_CALLBACK_RUNNING").is_some() {
        exit_with_a_callback_running();
    }

    let name = "exit_joins_the_threads_and_refuses_what_comes_later";
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("EXIT_WITH_A_CALLBACK_RUNNING", "yes")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut says = BufReader::new(child.stderr.take().unwrap())
        .lines()
        .map_while(Result::ok);

    assert_eq!(says.next().as_deref(), Some("exiting"));
    // A thread that is still there when main is not.
    assert_eq!(says.next().as_deref(), Some("later fetches are refused"));
    drop(child.stdin.take());
    assert_eq!(says.next().as_deref(), Some("the callback has ended"));
    assert_eq!(says.collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

fn exit_with_a_callback_running() -> ! {
    static RUNNING: std::sync::Mutex<Option<mpsc::Sender<()>>> = std::sync::Mutex::new(None);
    fn until_stdin_ends(context: Box<AsyncContext>, ok: bool, data: &[u8], error: String) {
        RUNNING.lock().unwrap().take().unwrap().send(()).unwrap();
        stdin().read_to_end(&mut Vec::new()).unwrap();
        eprintln!("the callback has ended");
        handle_fetch_result(context, ok, data, error);
    }

    let (running, started) = mpsc::channel();
    *RUNNING.lock().unwrap() = Some(running);
    let mut fetch = Box::pin(fetch_with("file:///dev/null", until_stdin_ends));
    assert_eq!((&mut fetch).now_or_never(), None);
    started.recv().unwrap();

    let (exiting, begun) = mpsc::channel();
    thread::spawn(move || {
        begun.recv().unwrap();
        until_refused();
        eprintln!("later fetches are refused");
    });
    eprintln!("exiting");
    exiting.send(()).unwrap();
    std::process::exit(0);
}
