use crate::{TaskError, TaskResult};
use futures::channel::oneshot;
use std::fs::{File, metadata};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::FileTypeExt;
use std::thread;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

const LIMIT: u64 = 16 << 20;

/// The bytes of a file, or all that a TCP server sends: at most 16 MiB.
pub async fn fetch_data(url: String) -> TaskResult {
    let read = read(&url).await;
    read.map_err(|error| TaskError::Failed(format!("{url}: {error}")))
}

async fn read(url: &str) -> io::Result<Vec<u8>> {
    let data = match url.split_once("://") {
        Some(("file", path)) => read_file(path.to_owned()).await?,
        Some(("tcp", address)) => {
            let mut data = vec![];
            let server = TcpStream::connect(address).await?;
            server.take(LIMIT + 1).read_to_end(&mut data).await?;
            data
        }
        _ => return Err(io::Error::other("neither a file:// nor a tcp:// URL")),
    };
    if data.len() as u64 > LIMIT {
        return Err(io::Error::other("more than 16 MiB"));
    }
    Ok(data)
}

/// On a thread of its own, which nobody waits for: a read of a device may never return.
async fn read_file(path: String) -> io::Result<Vec<u8>> {
    let read = move || {
        if metadata(&path)?.file_type().is_fifo() {
            return Err(io::Error::new(ErrorKind::Unsupported, "a FIFO"));
        }
        let mut data = vec![];
        File::open(path)?.take(LIMIT + 1).read_to_end(&mut data)?;
        Ok(data)
    };
    let (sender, receiver) = oneshot::channel();
    thread::Builder::new().spawn(|| sender.send(read()))?;
    receiver.await.map_err(io::Error::other)?
}
