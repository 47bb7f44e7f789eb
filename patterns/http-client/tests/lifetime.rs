//! What is dropped ends at once; what has ended calls nobody.

mod support;

use async_http_client::{HttpClient, HttpError, HttpRequest, http_get, http_stream};
use futures::executor::block_on;
use futures::task::{ArcWake, noop_waker, waker};
use futures::{FutureExt, StreamExt, join};
use std::future::Future;
use std::io::{BufReader, Write};
use std::net::Shutdown;
use std::pin::Pin;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};
use std::time::{Duration, Instant};
use support::{Server, read_request, reply, until_closed};

/// Tells when a request has come, and when its connection is closed. Answers with the head of a body, which it owes.
fn owes_a_body() -> (Server, Receiver<Instant>) {
    let (sender, events) = channel();
    let sender = Mutex::new(sender);
    let server = Server::new(move |_, stream| {
        let report = || sender.lock().unwrap().send(Instant::now()).unwrap_or(());
        report();
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbegins")?;
        until_closed(stream);
        report();
        Ok(())
    });
    (server, events)
}

/// Answers once it may, so that whoever polls first has to wait.
fn answers_on_signal() -> (Server, Sender<()>) {
    let (answer, signal) = channel();
    let signal = Mutex::new(signal);
    let server = Server::new(move |_, stream| {
        let _ = signal.lock().unwrap().recv();
        reply(stream, 200, "", b"answer")
    });
    (server, answer)
}

/// Polls a future that waits.
fn poll_once<F: Future + ?Sized>(future: &mut Pin<Box<F>>) {
    let polled = future
        .as_mut()
        .poll(&mut Context::from_waker(&noop_waker()));
    assert!(polled.is_pending(), "it is over already");
}

/// Drops what holds an exchange. The next event must be the end of its connection, and come soon.
fn closes_its_connection<Held>(held: Held, events: &Receiver<Instant>) {
    let dropped = Instant::now();
    drop(held);
    let closed = events
        .recv_timeout(Duration::from_secs(20))
        .expect("it is never closed");
    let after = closed - dropped;
    assert!(after < Duration::from_secs(1), "closed after {after:?}");
}

#[test]
fn dropping_the_future_closes_its_connection() {
    let (server, events) = owes_a_body();
    let client = HttpClient::new().unwrap();
    let mut future = Box::pin(http_get(&client, &server.url));
    poll_once(&mut future);
    events.recv().unwrap();
    closes_its_connection(future, &events);
}

#[test]
fn dropping_the_body_closes_its_connection() {
    let (server, events) = owes_a_body();
    let client = HttpClient::new().unwrap();
    let mut response =
        block_on(http_stream(&client, HttpRequest::new("GET", &server.url))).unwrap();
    assert_eq!(block_on(response.body.next()), Some(Ok(b"begins".to_vec())));
    events.recv().unwrap();
    closes_its_connection(response, &events);
}

#[test]
fn a_future_that_nobody_polls_sends_nothing() {
    let server = Server::new(|_, stream| reply(stream, 200, "", b""));
    let client = HttpClient::new().unwrap();
    let _unpolled = http_get(&client, &server.url);
    // Connections are accepted in their order: were there one for the first, it would be counted by now.
    block_on(http_get(&client, &server.url)).unwrap();
    assert_eq!(server.connections(), 1);
}

#[test]
fn dropping_the_client_cancels_what_is_in_flight() {
    let (server, events) = owes_a_body();
    let client = HttpClient::new().unwrap();
    let mut whole = Box::pin(http_get(&client, &server.url));
    poll_once(&mut whole);
    let mut stream = block_on(http_stream(&client, HttpRequest::new("GET", &server.url)))
        .unwrap()
        .body;
    events.recv().unwrap();
    events.recv().unwrap();
    assert_eq!(block_on(stream.next()), Some(Ok(b"begins".to_vec())));
    drop(client);
    assert_eq!(block_on(whole), Err(HttpError::Cancelled));
    assert_eq!(block_on(stream.next()), Some(Err(HttpError::Cancelled)));
    assert_eq!(block_on(stream.next()), None);
}

#[test]
fn a_client_that_was_shut_down_cancels_what_comes_later() {
    let server = Server::new(|_, stream| reply(stream, 200, "", b""));
    let client = HttpClient::new().unwrap();
    let early = http_get(&client, &server.url);
    client.shutdown();
    client.shutdown();
    assert_eq!(block_on(early), Err(HttpError::Cancelled));
    assert_eq!(
        block_on(http_get(&client, &server.url)),
        Err(HttpError::Cancelled)
    );
    drop(client);
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_connection_that_its_server_closed_is_closed() {
    let (closed, events) = channel();
    let closed = Mutex::new(closed);
    let open = Arc::new(Mutex::new(Vec::new()));
    let opened = open.clone();
    let server = Server::raw(move |stream, _| {
        opened.lock().unwrap().push(stream.try_clone()?);
        let mut reader = BufReader::new(stream.try_clone()?);
        while read_request(&mut reader, stream)?.is_some() {
            reply(stream, 200, "", b"")?;
        }
        closed.lock().unwrap().send(()).unwrap();
        Ok(())
    });
    let other = Server::new(|_, stream| reply(stream, 200, "", b""));
    let client = HttpClient::new().unwrap();
    let answers = (0..20).map(|_| http_get(&client, &server.url));
    for answer in block_on(futures::future::join_all(answers)) {
        answer.unwrap();
    }
    let open = std::mem::take(&mut *open.lock().unwrap());
    for stream in &open {
        // The client may have closed it before.
        let _ = stream.shutdown(Shutdown::Write);
    }
    // libcurl looks for them when it starts another transfer, once in a second.
    let limit = Instant::now() + Duration::from_secs(20);
    for left in (0..open.len()).rev() {
        while events.recv_timeout(Duration::from_millis(100)).is_err() {
            assert!(Instant::now() < limit, "{left} more are still open");
            block_on(http_get(&client, &other.url)).unwrap();
        }
    }
}

#[test]
fn no_waker_is_called_once_the_drop_has_returned() {
    struct Counts(Mutex<usize>);
    impl ArcWake for Counts {
        fn wake_by_ref(counts: &Arc<Self>) {
            *counts.0.lock().unwrap() += 1;
        }
    }
    let server = Server::new(|_, stream| reply(stream, 200, "", b"answer"));
    for _ in 0..50 {
        let counts = Arc::new(Counts(Mutex::new(0)));
        let client = HttpClient::new().unwrap();
        let mut futures: Vec<_> = (0..8)
            .map(|_| http_get(&client, &server.url).boxed())
            .collect();
        // On a busy machine an answer may be there before the first poll is over.
        futures.retain_mut(|future| {
            let polled = future.poll_unpin(&mut Context::from_waker(&waker(counts.clone())));
            polled.is_pending()
        });
        drop(client);
        let wakes = *counts.0.lock().unwrap();
        // Each has its end, and only its end, by now.
        for future in &mut futures {
            assert!(
                future
                    .poll_unpin(&mut Context::from_waker(&noop_waker()))
                    .is_ready()
            );
        }
        assert_eq!(*counts.0.lock().unwrap(), wakes);
        assert_eq!(Arc::strong_count(&counts), 1, "C++ still holds a waker");
    }
}

#[test]
fn a_waker_that_panics_does_not_reach_cpp() {
    struct Panics;
    impl ArcWake for Panics {
        fn wake_by_ref(_: &Arc<Self>) {
            panic!("this waker panics");
        }
    }
    let (server, answer) = answers_on_signal();
    let client = HttpClient::new().unwrap();
    let mut future = http_get(&client, &server.url).boxed();
    assert!(
        future
            .poll_unpin(&mut Context::from_waker(&waker(Arc::new(Panics))))
            .is_pending()
    );
    answer.send(()).unwrap();
    answer.send(()).unwrap();
    // The worker that it ran on still answers.
    assert_eq!(
        block_on(http_get(&client, &server.url)).unwrap().body,
        b"answer"
    );
    assert_eq!(block_on(future).unwrap().body, b"answer");
}

#[test]
fn a_waker_may_drop_the_future_and_start_another_on_the_spot() {
    type Slot = Mutex<Option<Pin<Box<dyn Future<Output = u16> + Send>>>>;
    struct Replaces {
        slot: Slot,
        client: HttpClient,
        url: String,
        done: Mutex<std::sync::mpsc::Sender<()>>,
    }
    impl ArcWake for Replaces {
        fn wake_by_ref(replaces: &Arc<Self>) {
            drop(replaces.slot.lock().unwrap().take());
            let mut next = http_get(&replaces.client, &replaces.url).boxed();
            assert!(
                next.poll_unpin(&mut Context::from_waker(&noop_waker()))
                    .is_pending()
            );
            replaces.done.lock().unwrap().send(()).unwrap();
        }
    }
    let (server, answer) = answers_on_signal();
    let (done, replaced) = channel();
    let client = HttpClient::new().unwrap();
    let mut future = http_get(&client, &server.url)
        .map(|answer| answer.unwrap().status)
        .boxed();
    let url = server.url.clone();
    let replaces = Arc::new(Replaces {
        slot: Mutex::default(),
        client,
        url,
        done: Mutex::new(done),
    });
    let waker = waker(replaces.clone());
    let mut slot = replaces.slot.lock().unwrap();
    assert_eq!(
        future.as_mut().poll(&mut Context::from_waker(&waker)),
        Poll::Pending
    );
    *slot = Some(future);
    drop(slot);
    answer.send(()).unwrap();
    replaced
        .recv_timeout(Duration::from_secs(20))
        .expect("the worker waits for itself");
    drop(waker);
    // The client must not end on its own thread: the worker's waker goes first.
    while Arc::strong_count(&replaces) > 1 {
        std::thread::yield_now();
    }
}

#[test]
fn a_waker_may_drop_the_client_on_its_own_thread() {
    struct DropsTheClient(Mutex<Option<HttpClient>>, Mutex<Sender<()>>);
    impl ArcWake for DropsTheClient {
        fn wake_by_ref(drops: &Arc<Self>) {
            drop(drops.0.lock().unwrap().take());
            let _ = drops.1.lock().unwrap().send(());
        }
    }
    let (server, answer) = answers_on_signal();
    let (done, dropped) = channel();
    let client = HttpClient::new().unwrap();
    let mut future = http_get(&client, &server.url).boxed();
    let mut other = http_get(&client, &server.url).boxed();
    poll_once(&mut other);
    let drops = Arc::new(DropsTheClient(Mutex::new(None), Mutex::new(done)));
    let mut slot = drops.0.lock().unwrap();
    let polled = future.poll_unpin(&mut Context::from_waker(&waker(drops.clone())));
    assert_eq!(polled, Poll::Pending);
    *slot = Some(client);
    drop(slot);
    answer.send(()).unwrap();
    answer.send(()).unwrap();
    dropped
        .recv_timeout(Duration::from_secs(20))
        .expect("the worker waits for itself");
    // Both are over, whichever was first.
    for answer in [block_on(future), block_on(other)] {
        assert!(
            matches!(&answer, Ok(response) if response.status == 200)
                || answer == Err(HttpError::Cancelled),
            "{answer:?}"
        );
    }
}

#[test]
fn runtimes_come_and_go_while_the_client_lives() {
    let server = Server::new(|_, stream| reply(stream, 200, "", b"answer"));
    let client = Arc::new(HttpClient::new().unwrap());
    let ask = {
        let url = server.url.clone();
        move || {
            let (client, url) = (client.clone(), url.clone());
            async move {
                let (one, other) = join!(http_get(&client, &url), http_get(&client, &url));
                assert_eq!(
                    (one.unwrap().body, other.unwrap().body),
                    (b"answer".to_vec(), b"answer".to_vec())
                );
            }
        }
    };
    for _ in 0..2 {
        let many = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .build()
            .unwrap();
        many.block_on(many.spawn(ask())).unwrap();
        let one = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        one.block_on(ask());
        smol::block_on(smol::spawn(ask()));
        block_on(ask());
    }
}

#[test]
fn futures_outlive_the_runtime_that_polled_them() {
    let server = Server::new(|_, stream| reply(stream, 200, "", b"answer"));
    let client = HttpClient::new().unwrap();
    let mut future = http_get(&client, &server.url).boxed();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap();
    let polled = runtime.block_on(async { futures::poll!(&mut future) });
    drop(runtime);
    let answer = match polled {
        Poll::Ready(answer) => answer,
        Poll::Pending => block_on(future),
    };
    assert_eq!(answer.unwrap().body, b"answer");
}

/// Calls the test's hook when it is cloned or dropped.
static HOOK: Mutex<Option<Box<dyn FnMut() + Send>>> = Mutex::new(None);

fn hooked() -> Waker {
    fn hook() {
        let hook = HOOK.lock().unwrap().take();
        hook.into_iter().for_each(|mut hook| hook());
    }
    fn waker() -> RawWaker {
        RawWaker::new(std::ptr::null(), &VTABLE)
    }
    static VTABLE: RawWakerVTable = RawWakerVTable::new(
        |_| {
            hook();
            waker()
        },
        |_| {},
        |_| {},
        |_| hook(),
    );
    // SAFETY: its functions keep no state, so they are right on every thread.
    unsafe { Waker::from_raw(waker()) }
}

#[test]
fn wakers_are_cloned_and_dropped_without_a_lock() {
    let (server, answer) = answers_on_signal();
    let other = Server::new(|_, stream| reply(stream, 200, "", b"other"));
    let client = Arc::new(HttpClient::new().unwrap());
    let mut future = http_get(&client, &server.url).boxed();
    let set_hook = || {
        let (client, url, answer) = (client.clone(), other.url.clone(), answer.clone());
        *HOOK.lock().unwrap() = Some(Box::new(move || {
            // Now C++ has an answer for the one, and another exchange needs C++'s thread.
            let _ = answer.send(());
            for _ in 0..20 {
                block_on(http_get(&client, &url)).unwrap();
            }
        }));
    };
    set_hook();
    // Clones the first waker.
    let polled = future.poll_unpin(&mut Context::from_waker(&hooked()));
    let mut again = http_get(&client, &server.url).boxed();
    *HOOK.lock().unwrap() = None;
    let _ = again.poll_unpin(&mut Context::from_waker(&hooked()));
    set_hook();
    // Drops the first waker.
    let polled_again = again.poll_unpin(&mut Context::from_waker(&noop_waker()));
    assert!(HOOK.lock().unwrap().is_none(), "the hook was not called");
    for (polled, future) in [(polled, future), (polled_again, again)] {
        let answer = match polled {
            Poll::Ready(answer) => answer,
            Poll::Pending => block_on(future),
        };
        assert_eq!(answer.unwrap().body, b"answer");
    }
}
