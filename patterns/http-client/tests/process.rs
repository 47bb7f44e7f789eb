//! A process that exits or forks anywhere.

#[path = "support/child.rs"]
mod child;
mod support;

use async_http_client::{HttpClient, HttpError, http_get};
use child::{in_child, sanitized};
use futures::FutureExt;
use futures::executor::block_on;
use futures::task::{ArcWake, waker};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::task::Context;
use support::{Server, reply};

fn server() -> Server {
    Server::new(|_, stream| reply(stream, 200, "", b"answer"))
}

#[test]
fn a_waker_may_exit_the_process_on_the_clients_thread() {
    struct Exits;
    impl ArcWake for Exits {
        fn wake_by_ref(_: &Arc<Self>) {
            std::process::exit(3);
        }
    }
    let ended = in_child(&[], || {
        let (tell, told) = channel();
        let told = Mutex::new(told);
        let server = Server::new(move |_, stream| {
            let _ = told.lock().unwrap().recv();
            reply(stream, 200, "", b"answer")
        });
        let client = HttpClient::new().unwrap();
        let waker = waker(Arc::new(Exits));
        // One is answered, and the other in flight.
        let mut futures = [(); 2].map(|()| http_get(&client, &server.url).boxed());
        for future in &mut futures {
            let polled = future.poll_unpin(&mut Context::from_waker(&waker));
            assert!(polled.is_pending());
        }
        tell.send(()).unwrap();
        loop {
            std::thread::park();
        }
    });
    assert_eq!(ended.status.code(), Some(3), "{}", ended.stderr);
}

unsafe extern "C" {
    fn fork() -> i32;
    fn waitpid(process: i32, status: *mut i32, options: i32) -> i32;
    fn alarm(seconds: u32) -> u32;
    fn _exit(code: i32) -> !;
}

#[test]
fn a_forked_child_gets_errors_of_the_clients_it_inherits_and_may_make_its_own() {
    let ended = in_child(&[], || {
        let server = server();
        let client = HttpClient::new().unwrap();
        block_on(http_get(&client, &server.url)).unwrap();
        let in_flight = http_get(&client, &server.url);
        // SAFETY: the child uses what it makes itself, and drops what it inherits.
        let process = unsafe { fork() };
        if process == 0 {
            // SAFETY: ends a child that hangs.
            unsafe { alarm(10) };
            assert_eq!(
                block_on(http_get(&client, &server.url)),
                Err(HttpError::Cancelled)
            );
            assert_eq!(block_on(in_flight), Err(HttpError::Cancelled));
            client.shutdown();
            drop(client);
            let own = HttpClient::new().unwrap();
            assert_eq!(block_on(http_get(&own, &server.url)).unwrap().status, 200);
            drop(own);
            // LeakSanitizer takes what the threads of the parent own for leaks of the child.
            if sanitized() {
                // SAFETY: ends the process.
                unsafe { _exit(7) };
            }
            std::process::exit(7);
        }
        let mut status = 0;
        // SAFETY: it is this process's child, and the status is written here.
        assert_eq!(unsafe { waitpid(process, &mut status, 0) }, process);
        assert_eq!(status, 7 << 8, "the status of the child");
        // The parent's client goes on.
        block_on(http_get(&client, &server.url)).unwrap();
        block_on(in_flight).unwrap();
    });
    assert!(ended.status.success(), "{}", ended.stderr);
}

#[repr(C)]
struct Limit {
    soft: u64,
    hard: u64,
}

const DESCRIPTORS: i32 = 7; // RLIMIT_NOFILE of Linux

unsafe extern "C" {
    fn getrlimit(resource: i32, limit: *mut Limit) -> i32;
    fn setrlimit(resource: i32, limit: *const Limit) -> i32;
}

#[test]
fn beyond_1024_descriptors_the_bundled_libcurl_does_not_connect_and_others_do() {
    let ended = in_child(&[], || {
        let server = server();
        let mut limit = Limit { soft: 0, hard: 0 };
        // SAFETY: system calls, with numbers and a struct of the system's own layout.
        unsafe {
            assert_eq!(getrlimit(DESCRIPTORS, &mut limit), 0);
            limit.soft = 1300;
            assert_eq!(setrlimit(DESCRIPTORS, &limit), 0);
        }
        let client = HttpClient::new().unwrap();
        let open = || std::fs::File::open("/dev/null").unwrap();
        let _others: Vec<_> = (0..1100).map(|_| open()).collect();
        let answer = block_on(http_get(&client, &server.url)).map(|answer| answer.status);
        if cfg!(any(feature = "beast", feature = "system-curl")) {
            assert_eq!(answer, Ok(200));
        } else {
            assert!(matches!(answer, Err(HttpError::Connect(_))), "{answer:?}");
        }
    });
    assert!(ended.status.success(), "{}", ended.stderr);
}

#[test]
fn without_descriptors_there_is_an_error() {
    unsafe extern "C" {
        fn dup(descriptor: i32) -> i32;
        fn close(descriptor: i32) -> i32;
    }
    if sanitized() {
        return eprintln!("not tried: UndefinedBehaviorSanitizer needs descriptors itself");
    }
    // Connects and says nothing, so that every exchange ends with an error.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let ended = in_child(&[], || {
        let mut made = 0;
        for left in 0..12 {
            let mut limit = Limit { soft: 0, hard: 0 };
            // SAFETY: system calls, with numbers and a struct of the system's own layout.
            unsafe {
                assert_eq!(getrlimit(DESCRIPTORS, &mut limit), 0);
                let next = dup(0);
                assert!(next > 0 && close(next) == 0);
                let soft = next as u64 + left;
                let hard = limit.hard;
                assert_eq!(setrlimit(DESCRIPTORS, &Limit { soft, hard }), 0);
            }
            if let Ok(client) = HttpClient::new() {
                // Beast takes its descriptors when it connects.
                let wakes = left > 0 || cfg!(feature = "beast");
                assert!(wakes, "a client that nobody can wake");
                made += 1;
                let mut request = async_http_client::HttpRequest::new("GET", &url);
                request.timeout = Some(std::time::Duration::from_millis(200));
                let answer = block_on(async_http_client::http_request(&client, request));
                assert!(answer.is_err(), "{answer:?}");
            }
            // SAFETY: as above.
            assert_eq!(unsafe { setrlimit(DESCRIPTORS, &limit) }, 0);
        }
        assert!(made > 0, "no client was made");
    });
    assert!(ended.status.success(), "{}", ended.stderr);
}
