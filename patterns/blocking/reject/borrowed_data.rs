//! A call that borrows its data from the future, which may be gone while C++ still reads.

use blocking::{Checksum, Stop, WorkError, on_blocking_thread, work};
use std::os::fd::OwnedFd;

pub async fn async_work(data: OwnedFd) -> Result<Checksum, WorkError> {
    on_blocking_thread(|| work(&Stop::default(), &data)).await
}

fn main() {}
