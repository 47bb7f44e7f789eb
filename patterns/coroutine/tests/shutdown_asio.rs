//! The owner of Asio's thread. Alone in its file: it ends fetching for the whole process.

#[path = "support/counts.rs"]
mod counts;
#[path = "support/server.rs"]
mod server;

use coroutine::{FetchError, fetch_data_asio, shutdown_asio};
use counts::Counts;
use futures::future::{FutureExt, join_all};
use server::Server;

#[test]
fn shutdown_asio_leaves_nobody_waiting() {
    let counts = Counts::begin();
    let server = Server::new("shutdown");
    let mut waiting = Box::pin(join_all([(); 100].map(|()| fetch_data_asio(&server.url))));
    assert_eq!((&mut waiting).now_or_never(), None);
    let _connections: Vec<_> = (0..50).map(|_| server.accept()).collect();

    shutdown_asio();

    let answers = waiting.now_or_never().expect("answered, all of them");
    assert!(answers.iter().all(Result::is_err), "{answers:?}");
    assert_eq!(counts.frames_when_all_have_ended(), 100);
    let refused = FetchError::Failed("the loop has been closed".to_owned());
    assert_eq!(
        fetch_data_asio(&server.url).now_or_never(),
        Some(Err(refused))
    );
}
