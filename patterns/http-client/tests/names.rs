//! Names that take long. The getaddrinfo of this process is the one below, and a test says when it answers.

#[path = "support/child.rs"]
mod child;
mod support;

use async_http_client::{HttpClient, HttpError, HttpRequest, HttpResponse, http_get, http_request};
use futures::executor::block_on;
use futures::future::BoxFuture;
use futures::task::noop_waker_ref;
use futures::{FutureExt, StreamExt, stream};
use std::collections::HashMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::null_mut;
use std::sync::{Arc, Condvar, LazyLock, Mutex};
use std::task::{Context, Wake, Waker};
use std::time::Duration;
use support::{Server, reply};

/// How often each name was looked up, and `open-TEST` where those of a test may go on.
static LOOKUPS: LazyLock<Mutex<HashMap<String, usize>>> = LazyLock::new(Mutex::default);
static CHANGED: Condvar = Condvar::new();

fn count(name: &str) {
    *LOOKUPS.lock().unwrap().entry(name.to_owned()).or_default() += 1;
    CHANGED.notify_all();
}

fn counted(name: &str) -> usize {
    LOOKUPS.lock().unwrap().get(name).copied().unwrap_or(0)
}

/// `slow-TEST-NAME` has the addresses of what stands behind the last hyphen, once the test has opened its gate.
#[unsafe(no_mangle)]
extern "C" fn getaddrinfo(
    name: *const c_char,
    service: *const c_char,
    hints: *const c_void,
    found: *mut *mut c_void,
) -> c_int {
    type Real = unsafe extern "C" fn(
        *const c_char,
        *const c_char,
        *const c_void,
        *mut *mut c_void,
    ) -> c_int;
    unsafe extern "C" {
        fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    }
    // SAFETY: -1 is RTLD_NEXT, and what it finds has this signature. `name` is the caller's C string.
    let (real, text) = unsafe {
        let next = dlsym(
            null_mut::<c_void>().wrapping_byte_sub(1),
            c"getaddrinfo".as_ptr(),
        );
        (
            std::mem::transmute::<*mut c_void, Real>(next),
            CStr::from_ptr(name),
        )
    };
    let text = text.to_str().unwrap().to_owned();
    count(&text);
    let mut name = name;
    if let Some(slow) = text.strip_prefix("slow-") {
        let open = format!("open-{}", slow.split('-').next().unwrap());
        let lookups = LOOKUPS.lock().unwrap();
        drop(CHANGED.wait_while(lookups, |lookups| !lookups.contains_key(&open)));
        name = name.wrapping_add(text.rfind('-').unwrap() + 1);
    }
    // SAFETY: as the caller would have called it.
    unsafe { real(name, service, hints, found) }
}

/// Waits until so many names of a test are being looked up, or were.
fn until_sought(test: &str, wanted: usize) {
    let slow = format!("slow-{test}");
    let sought =
        |all: &HashMap<String, usize>| all.keys().filter(|name| name.starts_with(&slow)).count();
    let all = LOOKUPS.lock().unwrap();
    let limit = Duration::from_secs(20);
    let (all, waited) = CHANGED
        .wait_timeout_while(all, limit, |all| sought(all) < wanted)
        .unwrap();
    assert!(!waited.timed_out(), "{} of {wanted} names", sought(&all));
}

type Answer = BoxFuture<'static, Result<HttpResponse, HttpError>>;

/// An exchange that waits for its name.
fn waits(client: &HttpClient, url: &str) -> Answer {
    let mut future = http_get(client, url).boxed();
    let polled = future.poll_unpin(&mut Context::from_waker(noop_waker_ref()));
    assert!(polled.is_pending());
    future
}

fn server() -> (Server, String) {
    let server = Server::new(|_, stream| reply(stream, 200, "", b"answer"));
    let url = server.url.replace("127.0.0.1", "localhost");
    (server, url)
}

fn is_answered(client: &HttpClient, url: &str) {
    assert_eq!(block_on(http_get(client, url)).unwrap().body, b"answer");
}

#[test]
fn limits_hold_while_a_name_is_looked_up() {
    let client = HttpClient::new().unwrap();
    let limit = Duration::from_millis(200);
    let request = |name: &str| HttpRequest::new("GET", &format!("http://slow-limits-{name}/"));
    let whole = HttpRequest {
        timeout: Some(limit),
        ..request("one")
    };
    let connection = HttpRequest {
        connect_timeout: limit,
        timeout: None,
        ..request("two")
    };
    for request in [whole, connection] {
        match block_on(http_request(&client, request)) {
            Err(HttpError::Timeout(text)) => assert!(text.contains(" after "), "{text}"),
            other => panic!("{other:?}"),
        }
    }
    count("open-limits");
}

#[test]
fn one_slow_name_delays_no_other_however_many_wait_for_it() {
    let (server, url) = server();
    let client = HttpClient::new().unwrap();
    let slow: Vec<_> = (0..100)
        .map(|_| waits(&client, &url.replace("localhost", "slow-one-localhost")))
        .collect();
    until_sought("one", 1);
    is_answered(&client, &server.url);
    is_answered(&client, &url);
    count("open-one");
    let answers = stream::iter(slow).buffer_unordered(100).collect::<Vec<_>>();
    assert!(block_on(answers).iter().all(Result::is_ok));
    is_answered(&client, &url.replace("localhost", "slow-one-localhost"));
    assert_eq!(counted("slow-one-localhost"), 1);
}

#[test]
fn dropping_the_future_or_the_client_does_not_wait_for_a_name() {
    let (_server, url) = server();
    let client = HttpClient::new().unwrap();
    let dropped = waits(&client, "http://slow-drops-one/");
    let kept = waits(&client, "http://slow-drops-two/");
    until_sought("drops", 2);
    drop(dropped);
    is_answered(&client, &url);
    drop(client);
    assert_eq!(block_on(kept), Err(HttpError::Cancelled));
    // The gate is still closed: nobody waited.
    count("open-drops");
}

#[test]
fn more_names_than_threads_wait_for_their_turn_and_no_longer_than_they_may() {
    let (_server, url) = server();
    let client = HttpClient::new().unwrap();
    let slow: Vec<_> = (0..32)
        .map(|number| {
            waits(
                &client,
                &url.replace("localhost", &format!("slow-many-{number}-localhost")),
            )
        })
        .collect();
    until_sought("many", 32);
    let given_up = HttpRequest {
        timeout: Some(Duration::from_millis(200)),
        ..HttpRequest::new("GET", "http://slow-many-33/")
    };
    let given_up = block_on(http_request(&client, given_up));
    assert!(
        matches!(given_up, Err(HttpError::Timeout(_))),
        "{given_up:?}"
    );
    drop(waits(&client, "http://slow-many-34/"));
    let queued = waits(&client, &url);
    count("open-many");
    assert_eq!(block_on(queued).unwrap().body, b"answer");
    let answers = stream::iter(slow).buffer_unordered(100).collect::<Vec<_>>();
    assert!(block_on(answers).iter().all(Result::is_ok));
    // Nobody waited for these any more when their turn came.
    for name in ["slow-many-33", "slow-many-34"] {
        assert_eq!(counted(name), 0, "{name}");
    }
}

/// Owns an exchange, which its drop cancels.
struct Owns(#[expect(dead_code, reason = "it is dropped")] Mutex<Answer>);
impl Wake for Owns {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn a_waker_may_own_an_exchange_that_waits_for_a_name() {
    let client = HttpClient::new().unwrap();
    let mut future = http_get(&client, "http://slow-owns-one/").boxed();
    let owns = Waker::from(Arc::new(Owns(Mutex::new(waits(
        &client,
        "http://slow-owns-two/",
    )))));
    assert!(
        future
            .poll_unpin(&mut Context::from_waker(&owns))
            .is_pending()
    );
    drop(owns);
    // Drops the waker of before, and the exchange that it owns.
    let polled = future.poll_unpin(&mut Context::from_waker(noop_waker_ref()));
    assert!(polled.is_pending());
    let owns = Waker::from(Arc::new(Owns(Mutex::new(waits(
        &client,
        "http://slow-owns-two/",
    )))));
    assert!(
        future
            .poll_unpin(&mut Context::from_waker(&owns))
            .is_pending()
    );
    drop(owns);
    drop(future);
    drop(client);
    count("open-owns");
}

#[test]
fn the_process_exits_while_a_name_is_looked_up() {
    let ended = child::in_child(&[], || {
        let client = HttpClient::new().unwrap();
        let _slow = waits(&client, "http://slow-exits-one/");
        until_sought("exits", 1);
        std::process::exit(3);
    });
    assert_eq!(ended.status.code(), Some(3), "{}", ended.stderr);
}
