//! What ends a C++ call that looks for no stop.

use blocking::async_work;
use std::io::{BufRead, BufReader, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use tokio::runtime::Builder;

#[test]
fn shutting_the_connection_down_ends_a_blocked_read() {
    let (data, mut other) = UnixStream::pair().unwrap();
    let connection = data.try_clone().unwrap();
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    let call = runtime.spawn(async_work(data));
    // More than the connection holds by itself: C++ reads.
    other.write_all(&[b'x'; 1 << 20]).unwrap();
    connection.shutdown(Shutdown::Read).unwrap();
    let checksum = runtime.block_on(call).unwrap().unwrap();
    assert!(checksum.bytes > 0, "{checksum:?}");
}

/// Runs itself again, as the process in which C++ blocks.
#[test]
fn a_process_can_be_killed_while_cpp_blocks() {
    if std::env::var_os("BLOCKED").is_some() {
        println!("\nblocks");
        let stdin = std::os::fd::AsFd::as_fd(&std::io::stdin()).try_clone_to_owned();
        let stop = blocking::Stop::default();
        let ended = blocking::work(&stop, &stdin.unwrap());
        return println!("\nended: {ended:?}");
    }

    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_process_can_be_killed_while_cpp_blocks"])
        .arg("--nocapture")
        .env("BLOCKED", "yes")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut lines = lines.map(Result::unwrap);
    assert!(lines.any(|line| line == "blocks"));
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().signal(), Some(9));
    assert_eq!(lines.find(|line| line.starts_with("ended")), None);
}
