use crate::{TaskError, TaskResult};
use std::io;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

/// The bytes of a file, or all that a TCP server sends.
pub async fn fetch_data(url: String) -> TaskResult {
    let read = read(&url).await;
    read.map_err(|error| TaskError::Failed(format!("{url}: {error}")))
}

async fn read(url: &str) -> io::Result<Vec<u8>> {
    match url.split_once("://") {
        Some(("file", path)) => tokio::fs::read(path).await,
        Some(("tcp", address)) => {
            let mut data = vec![];
            let mut server = TcpStream::connect(address).await?;
            server.read_to_end(&mut data).await?;
            Ok(data)
        }
        _ => Err(io::Error::other("neither a file:// nor a tcp:// URL")),
    }
}
