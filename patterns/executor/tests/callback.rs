//! C++'s event loop, which is told when a task has ended.

#[path = "support/calls.rs"]
mod calls;
#[path = "support/server.rs"]
mod server;

use calls::Calls;
use executor::{
    RuntimeHandle, cancel_task, create_runtime, outcome, poll_task, shutdown, spawn_task,
    start_event_loop, wait_task, when_ended,
};
use server::Server;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread::{self, ThreadId};

#[test]
fn the_callback_runs_on_the_thread_of_the_event_loop() {
    static CALLS: Calls<(ThreadId, String)> = Calls::new();
    fn call(runtime: &RuntimeHandle, task: u64) {
        CALLS.push((thread::current().id(), outcome(runtime, task)));
    }

    let (server, events) = (Server::new(), start_event_loop().unwrap());
    // Of two runtimes, whose threads are not the same.
    for _ in 0..2 {
        let runtime = create_runtime(1).unwrap();
        let task = spawn_task(&runtime, &server.url).unwrap();
        let client = server.accept();
        when_ended(&events, runtime, &[task], call).unwrap();
        client.answer(b"Ada joined");
    }
    let [(one, words), (other, same_words)] = &CALLS.wait_for(2)[..] else {
        panic!("more calls than tasks")
    };
    assert_eq!((&words[..], &same_words[..]), ("Ada joined", "Ada joined"));
    assert_eq!(one, other);
    assert_ne!(*one, thread::current().id());
}

#[test]
fn a_runtime_lives_while_a_callback_owns_it() {
    static CALLS: Calls<String> = Calls::new();
    fn call(runtime: &RuntimeHandle, task: u64) {
        let next = spawn_task(runtime, "file:///dev/null").unwrap();
        CALLS.push(outcome(runtime, task));
        CALLS.push(outcome(runtime, next));
    }

    let (server, events) = (Server::new(), start_event_loop().unwrap());
    let runtime = create_runtime(2).unwrap();
    let task = spawn_task(&runtime, &server.url).unwrap();
    // From here on nobody but the callback has the runtime.
    when_ended(&events, runtime, &[task], call).unwrap();
    server.accept().answer(b"Ada joined");
    assert_eq!(CALLS.wait_for(2), ["Ada joined", ""]);
}

#[test]
fn each_way_to_end_fires_the_callback_once() {
    static CALLS: Calls<(u64, String)> = Calls::new();
    static TASKS: Mutex<Vec<u64>> = Mutex::new(vec![]);
    fn call(runtime: &RuntimeHandle, task: u64) {
        CALLS.push((task, outcome(runtime, task)));
        let tasks = TASKS.lock().unwrap();
        match tasks.iter().position(|other| *other == task) {
            Some(3) => cancel_task(runtime, tasks[4]).unwrap(),
            Some(4) => shutdown(runtime),
            _ => (),
        }
    }

    let (server, events) = (Server::new(), start_event_loop().unwrap());
    let runtime = create_runtime(6).unwrap();
    let ended = runtime.spawn(async { Ok(b"ended before".to_vec()) });
    let ended = ended.unwrap();
    while poll_task(&runtime, ended) == Ok(false) {
        thread::yield_now();
    }
    let mut tasks = vec![
        ended,
        spawn_task(&runtime, "file:///").unwrap(),
        runtime
            .spawn(async { panic!("as the test wants it to") })
            .unwrap(),
    ];
    let [client, _cancelled, _shut_down] = [(); 3].map(|()| {
        tasks.push(spawn_task(&runtime, &server.url).unwrap());
        server.accept()
    });
    TASKS.lock().unwrap().clone_from(&tasks);
    when_ended(&events, runtime, &tasks, call).unwrap();
    // The first three end by themselves, and this one leads to the end of the others.
    CALLS.wait_for(3);
    client.answer(b"Ada joined");
    CALLS.wait_for(6);
    // Joins the thread: there will be no more calls.
    drop(events);
    let mut calls = CALLS.wait_for(6);
    calls.sort();
    let (called, words): (Vec<u64>, Vec<String>) = calls.into_iter().unzip();
    assert_eq!(called, tasks);
    assert_eq!(
        words,
        [
            "ended before",
            "error: file:///: Is a directory (os error 21)",
            "error: panicked: as the test wants it to",
            "Ada joined",
            "error: the task was cancelled",
            "error: the task was cancelled",
        ]
    );
}

#[test]
fn the_event_loop_joins_its_thread() {
    static RUNNING: Calls<()> = Calls::new();
    static RETURNED: AtomicBool = AtomicBool::new(false);
    static ENDED: AtomicBool = AtomicBool::new(false);
    /// Takes as long as a destructor that does not wait for it needs to return.
    fn call(runtime: &RuntimeHandle, task: u64) {
        RUNNING.push(());
        for _ in 0..10_000 {
            if RETURNED.load(SeqCst) {
                return;
            }
            thread::yield_now();
        }
        wait_task(runtime, task).unwrap();
        ENDED.store(true, SeqCst);
    }

    let (runtime, events) = (create_runtime(1).unwrap(), start_event_loop().unwrap());
    let task = runtime.spawn(async { Ok(vec![]) }).unwrap();
    when_ended(&events, runtime, &[task], call).unwrap();
    RUNNING.wait_for(1);
    drop(events);
    let ended = ENDED.load(SeqCst);
    RETURNED.store(true, SeqCst);
    assert!(ended, "the event loop was gone before its callback");
}
