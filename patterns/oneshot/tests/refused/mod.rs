//! The one sign from outside that a shutdown has begun.

use futures::FutureExt;
use oneshot::{FetchError, fetch_data};

pub fn refused() -> Option<Result<Vec<u8>, FetchError>> {
    let words = "fetches have been shut down".to_owned();
    Some(Err(FetchError::Failed(words)))
}

/// Asks for fetches until one is refused.
pub fn until_refused() {
    let mut tries = 0;
    while fetch_data("file:///dev/null").now_or_never() != refused() {
        tries += 1;
        assert!(tries < 1_000_000, "never refused");
        std::thread::yield_now();
    }
}
