//! Rust awaits a coroutine of Boost.Asio's.

#[path = "support/answer_of.rs"]
mod answer_of;
#[path = "support/counts.rs"]
mod counts;
#[path = "support/load.rs"]
mod load;
#[path = "support/server.rs"]
mod server;

use answer_of::answer_of;
use coroutine::{FetchError, fetch_data_asio};
use counts::Counts;
use futures::FutureExt;
use futures::future::join_all;
use load::load;
use server::Server;
use std::io::{Read, Write};
use std::net::Shutdown;
use std::thread;

#[test]
fn rust_awaits_a_coroutine_of_boost_asio() {
    let counts = Counts::begin();
    let server = Server::new("answers");
    let url = server.url.clone();
    let answer = thread::spawn(|| answer_of(async move { fetch_data_asio(&url).await }));
    let mut connection = server.accept();
    connection.write_all(&[b'x'; 300_000]).unwrap();
    connection.write_all(b"the end").unwrap();
    drop(connection);
    let data = answer.join().unwrap().unwrap();
    assert_eq!(data.len(), 300_007);
    assert!(data.ends_with(b"the end"));
    assert_eq!(counts.frames_when_all_have_ended(), 1);
}

#[test]
fn what_it_throws_is_an_err_with_its_words() {
    let _alone = Counts::begin();
    let failed = |words: &str| Err(FetchError::Failed(words.to_owned()));
    assert_eq!(
        answer_of(fetch_data_asio("gopher://example.com")),
        failed("not a unix:// URL")
    );
    let Err(FetchError::Failed(words)) = answer_of(fetch_data_asio("unix:///no/such/socket"))
    else {
        panic!("no Err")
    };
    assert!(words.contains("No such file or directory"), "{words}");
}

#[test]
fn dropping_the_future_closes_its_socket_and_ends_it() {
    let counts = Counts::begin();
    let server = Server::new("dropped");
    let mut fetch = Box::pin(fetch_data_asio(&server.url));
    assert_eq!((&mut fetch).now_or_never(), None);
    let mut connection = server.accept();
    connection.write_all(b"not all yet").unwrap();
    assert_eq!((&mut fetch).now_or_never(), None);
    drop(fetch);
    // Nothing more was said: it is the stop that ends the coroutine, and not the other end of the socket.
    assert_eq!(counts.frames_when_all_have_ended(), 1);
    let closed = connection.read(&mut [0]);
    assert!(matches!(closed, Ok(0) | Err(_)), "{closed:?}");
}

#[test]
fn a_drop_that_races_with_the_answer_ends_it_once() {
    let counts = Counts::begin();
    let server = Server::new("races");
    let url = server.url.clone();
    let rounds = load(2_000, 50);
    let serving = thread::spawn(move || {
        let mut silent = vec![];
        for round in 0..rounds {
            let connection = server.accept();
            // To some it never says that this is all: these end by the stop, or not at all.
            if round % 8 == 0 {
                silent.push(connection);
            }
        }
        silent
    });
    for round in 0..rounds {
        let mut fetch = Box::pin(fetch_data_asio(&url));
        let _ = (&mut fetch).now_or_never();
        // Each round lets go at another moment: before it connects, while it reads, after that.
        for _ in 0..round % 50 {
            thread::yield_now();
        }
        drop(fetch);
    }
    // The last may still wait for the loop to begin them, and have no frame yet.
    counts.wait_until("all have begun", |counts| counts.made >= rounds as u64);
    assert_eq!(counts.frames_when_all_have_ended(), rounds as u64);
    // What was stopped before it was connected never came to the server: this is for its loop to end.
    while !serving.is_finished() {
        let _ = std::os::unix::net::UnixStream::connect(url.trim_start_matches("unix://"));
    }
    serving.join().unwrap();
}

#[test]
fn a_hundred_share_one_thread() {
    let _alone = Counts::begin();
    let server = Server::new("hundred");
    let url = server.url.clone();
    let all = thread::spawn(move || {
        answer_of(async move { join_all([(); 100].map(|()| fetch_data_asio(&url))).await })
    });
    // None is answered before all have connected; then the last first, while the others wait.
    let connections: Vec<_> = (0..100).map(|_| server.accept()).collect();
    for mut connection in connections.into_iter().rev() {
        connection.write_all(b"hello").unwrap();
        connection.shutdown(Shutdown::Write).unwrap();
        assert_eq!(connection.read(&mut [0]).unwrap(), 0, "closed by C++");
    }
    assert_eq!(all.join().unwrap(), vec![Ok(b"hello".to_vec()); 100]);
}
