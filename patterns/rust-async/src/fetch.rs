use crate::Timer;
use async_net::TcpStream;
use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::{Either, join, select};
use http_body_util::{BodyExt, Empty, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper::{Request, Uri, header};
use smol_hyper::rt::FuturesIo;
use std::error::Error;
use std::io::{self, ErrorKind};
use std::net::{SocketAddr, ToSocketAddrs};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::thread;
use std::time::Duration;

pub type FetchError = Box<dyn Error + Send + Sync>;

/// The body that an `http://` server answers a GET with, of at most 16 MiB.
/// A status that is not a success is an `Err`.
pub async fn fetch_data(url: &str) -> Result<Vec<u8>, FetchError> {
    let url: Uri = url.parse()?;
    let (Some("http"), Some(host)) = (url.scheme_str(), url.host()) else {
        return Err("not an http:// URL".into());
    };
    let origin = format!("{host}:{}", url.port_u16().unwrap_or(80));
    let path = url.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::get(path)
        .header(header::HOST, &origin)
        .body(Empty::<Bytes>::new())?;

    // Its reactor panics when the first socket finds no thread or no descriptor for it.
    let addresses = look_up(origin).await?;
    let connected = AssertUnwindSafe(TcpStream::connect(&*addresses)).catch_unwind();
    let socket = FuturesIo::new(connected.await.map_err(|_| "async-net did not start")??);
    let (mut client, connection) = http1::handshake(socket).await?;
    let exchange = async move {
        let response = client.send_request(request).await?;
        if !response.status().is_success() {
            return Err(response.status().to_string().into());
        }
        let body = Limited::new(response.into_body(), 16 << 20);
        Ok(body.collect().await?.to_bytes().into())
    };
    // hyper leaves it to its caller to poll the connection. Here no executor needs to: we do.
    join(exchange, connection).await.0
}

/// On a thread of its own. async-net's own lookup spins in `poll` while no thread can be started.
async fn look_up(origin: String) -> Result<Vec<SocketAddr>, FetchError> {
    let (sender, receiver) = oneshot::channel();
    let addresses = move || Ok::<_, io::Error>(origin.to_socket_addrs()?.collect());
    thread::Builder::new().spawn(move || sender.send(addresses()))?;
    Ok(receiver.await??)
}

/// The same as [`fetch_data`], but an `Err` of kind `TimedOut` when it takes longer than `limit`.
pub async fn fetch_within(url: &str, limit: Duration) -> Result<Vec<u8>, FetchError> {
    match select(pin!(fetch_data(url)), Timer::after(limit)).await {
        Either::Left((fetched, _)) => fetched,
        Either::Right((outcome, _)) => {
            outcome?;
            Err(io::Error::from(ErrorKind::TimedOut).into())
        }
    }
}
