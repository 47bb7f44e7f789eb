//! What C++ gets of a task: `outcome` is C++ that waits, and says what it got or caught.

#[path = "support/load.rs"]
mod load;
#[path = "support/server.rs"]
mod server;
#[path = "support/sleeping.rs"]
mod sleeping;

use executor::{TaskError, create_runtime, outcome, poll_task, spawn_task, wait_task};
use load::load;
use server::Server;
use sleeping::{this_thread, wait_until_asleep};
use std::collections::HashSet;
use std::ffi::CString;
use std::sync::mpsc::channel;
use std::thread;

#[test]
fn the_result_arrives() {
    let (server, runtime) = (Server::new(), create_runtime(2).unwrap());
    let task = spawn_task(&runtime, &server.url).unwrap();
    server.accept().answer(b"Ada joined");
    assert_eq!(outcome(&runtime, task), "Ada joined");

    let path = format!(
        "{}/note-{}",
        env!("CARGO_TARGET_TMPDIR"),
        std::process::id()
    );
    std::fs::write(&path, "Ada left").unwrap();
    let task = spawn_task(&runtime, &format!("file://{path}")).unwrap();
    assert_eq!(outcome(&runtime, task), "Ada left");
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn an_error_is_a_cpp_exception_with_its_words() {
    let runtime = create_runtime(2).unwrap();
    let task = spawn_task(&runtime, "file:///no/such/file").unwrap();
    assert_eq!(
        outcome(&runtime, task),
        "error: file:///no/such/file: No such file or directory (os error 2)"
    );
    let task = spawn_task(&runtime, "gopher://example.com").unwrap();
    assert_eq!(
        outcome(&runtime, task),
        "error: gopher://example.com: neither a file:// nor a tcp:// URL"
    );
}

#[test]
fn a_panic_in_a_task_is_an_error() {
    let runtime = create_runtime(2).unwrap();
    let name = "Ada";
    let task = runtime.spawn(async { panic!("as the test wants it to") });
    assert_eq!(
        outcome(&runtime, task.unwrap()),
        "error: panicked: as the test wants it to"
    );
    let task = runtime.spawn(async move { panic!("as {name} wants it to") });
    assert_eq!(
        outcome(&runtime, task.unwrap()),
        "error: panicked: as Ada wants it to"
    );
    // The runtime goes on.
    let task = spawn_task(&runtime, "file:///dev/null").unwrap();
    assert_eq!(outcome(&runtime, task), "");
}

#[test]
fn what_has_no_end_is_an_error() {
    let (server, runtime) = (Server::new(), create_runtime(3).unwrap());
    let task = spawn_task(&runtime, "file:///dev/zero").unwrap();
    let too_much = "error: file:///dev/zero: more than 16 MiB";
    assert_eq!(outcome(&runtime, task), too_much);

    let task = spawn_task(&runtime, &server.url).unwrap();
    server.accept().write_until_gone();
    let too_much = format!("error: {}: more than 16 MiB", server.url);
    assert_eq!(outcome(&runtime, task), too_much);

    let fifo = format!(
        "{}/fifo-{}",
        env!("CARGO_TARGET_TMPDIR"),
        std::process::id()
    );
    let name = CString::new(fifo.clone()).unwrap();
    // SAFETY: `name` outlives the call.
    assert_eq!(unsafe { libc::mkfifo(name.as_ptr(), 0o600) }, 0);
    let task = spawn_task(&runtime, &format!("file://{fifo}")).unwrap();
    assert_eq!(
        outcome(&runtime, task),
        format!("error: file://{fifo}: a FIFO")
    );
    std::fs::remove_file(&fifo).unwrap();
}

#[test]
fn polling_says_whether_a_task_has_ended() {
    let (server, runtime) = (Server::new(), create_runtime(1).unwrap());
    let task = spawn_task(&runtime, &server.url).unwrap();
    let client = server.accept();
    assert_eq!(poll_task(&runtime, task), Ok(false));
    client.answer(b"Ada joined");
    while poll_task(&runtime, task) == Ok(false) {
        thread::yield_now();
    }
    assert_eq!(poll_task(&runtime, task), Ok(true));
    assert_eq!(outcome(&runtime, task), "Ada joined");
    assert_eq!(poll_task(&runtime, task), Err(TaskError::Unknown(task)));
}

#[test]
fn task_ids_are_unique() {
    let each = load(500, 20);
    let ids = thread::scope(|scope| {
        let threads = [(); 4].map(|()| {
            scope.spawn(|| {
                let runtime = create_runtime(1).unwrap();
                let one = || {
                    let task = runtime.spawn(async { Ok(vec![]) }).unwrap();
                    // Only one task at a time: an id that depends on how many there are comes again.
                    wait_task(&runtime, task).unwrap();
                    task
                };
                (0..each).map(|_| one()).collect::<Vec<_>>()
            })
        });
        threads.map(|thread| thread.join().unwrap()).concat()
    });
    assert_eq!(ids.iter().collect::<HashSet<_>>().len(), 4 * each);
}

#[test]
fn an_id_of_another_runtime_is_an_error() {
    let (one, other) = (create_runtime(1).unwrap(), create_runtime(1).unwrap());
    let task = one.spawn(async { Ok(b"of one".to_vec()) }).unwrap();
    other.spawn(async { Ok(b"of other".to_vec()) }).unwrap();
    assert_eq!(
        outcome(&other, task),
        format!("error: there is no task {task}, or its result has been taken")
    );
    assert_eq!(outcome(&one, task), "of one");
}

#[test]
fn of_two_who_wait_one_gets_the_result_and_the_other_an_error() {
    let (server, runtime) = (Server::new(), create_runtime(1).unwrap());
    let task = spawn_task(&runtime, &server.url).unwrap();
    let client = server.accept();
    let (sender, waiting) = channel();
    let mut outcomes = thread::scope(|scope| {
        let threads = [(); 2].map(|()| {
            scope.spawn(|| {
                sender.send(this_thread()).unwrap();
                outcome(&runtime, task)
            })
        });
        waiting
            .iter()
            .take(2)
            .for_each(|thread| wait_until_asleep(&thread));
        client.answer(b"Ada joined");
        threads.map(|thread| thread.join().unwrap())
    });
    outcomes.sort();
    let taken = format!("error: there is no task {task}, or its result has been taken");
    assert_eq!(outcomes, ["Ada joined".to_owned(), taken]);
}
