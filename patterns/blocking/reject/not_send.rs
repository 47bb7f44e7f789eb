//! An error that must stay on its thread: `Box<dyn Error>` promises nothing else.

use blocking::{Checksum, Stop, work};
use std::error::Error;
use std::os::fd::OwnedFd;
use tokio::task::spawn_blocking;

pub async fn async_work(data: OwnedFd) -> Result<Checksum, Box<dyn Error>> {
    let call = move || -> Result<Checksum, Box<dyn Error>> { Ok(work(&Stop::default(), &data)?) };
    spawn_blocking(call).await?
}

fn main() {}
