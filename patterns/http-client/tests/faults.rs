//! Calls that fail, and signals that interrupt them.

#[path = "support/child.rs"]
mod child;
mod support;

use async_http_client::{HttpClient, HttpError, http_get, http_post};
use child::{each_fault, forked, other_threads_sleep, with_faults};
use futures::FutureExt;
use futures::executor::block_on;
use std::thread::spawn;
use support::{Server, reply};

/// A new client's answer, by name: it takes a thread for the client and one for the name.
fn answer(url: &str) -> Result<Vec<u8>, HttpError> {
    let client = HttpClient::new()?;
    Ok(block_on(http_get(&client, url))?.body)
}

#[test]
fn a_thread_that_cannot_be_started_is_an_error() {
    // In this process and not in the children: its own threads are not counted.
    let nobody = "http://localhost:1/";
    each_fault("pthread_create", || {
        let answer = answer(nobody);
        let expected = matches!(
            answer,
            Err(HttpError::Other(_) | HttpError::Resolve(_) | HttpError::Connect(_))
        );
        assert!(expected, "{answer:?}");
    });
}

#[test]
fn signals_interrupt_no_exchange() {
    let body = vec![b'x'; 1 << 20];
    let ended = with_faults("signals:1ms", || {
        let server = Server::new(|request, stream| reply(stream, 200, "", &request.body));
        let url = server.url.replace("127.0.0.1", "localhost");
        let client = HttpClient::new().unwrap();
        for _ in 0..100 {
            let answer = block_on(http_post(&client, &url, body.clone().into())).unwrap();
            assert!(answer.body == body);
        }
    });
    assert!(ended.status.success(), "{}", ended.stderr);
}

#[test]
fn a_child_that_is_forked_during_a_lookup_may_drop_what_waits_for_another() {
    let ended = with_faults("pthread_create:500ms", || {
        let client = HttpClient::new().unwrap();
        let mut waits = Some(http_get(&client, "http://localhost:1/").boxed());
        assert!(waits.as_mut().unwrap().now_or_never().is_none());
        let mut other = http_get(&client, "http://localhost.localdomain:1/").boxed();
        let begins = spawn(move || other.as_mut().now_or_never().is_none());
        while !other_threads_sleep() {}
        let status = forked(|| drop(waits.take()));
        assert!(status.success(), "the forked child: {status}");
        assert!(begins.join().unwrap());
    });
    assert!(ended.status.success(), "{}", ended.stderr);
}
