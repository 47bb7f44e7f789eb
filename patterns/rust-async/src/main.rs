use futures::executor;
use rust_async::{FetchError, fetch_within, started_timers};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;
use tokio::runtime::Builder;

fn main() -> Result<(), FetchError> {
    let origin = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/greeting", origin.local_addr()?);
    let server = thread::spawn(move || origin.incoming().take(4).try_for_each(greet));

    let [futures, smol, current_thread, multi_thread] = [(); 4].map(|()| greeting(url.clone()));
    println!("four futures, {} timers started", started_timers());

    let asked = executor::block_on(futures)?;
    println!("futures               {asked}");

    let asked = smol::block_on(smol::spawn(smol))?;
    println!("smol                  {asked}");

    let tokio = Builder::new_current_thread().build()?;
    let asked = tokio.block_on(current_thread)?;
    println!("tokio, current thread {asked}");

    let tokio = Builder::new_multi_thread().build()?;
    let asked = tokio.block_on(tokio.spawn(multi_thread))??;
    println!("tokio, multi thread   {asked}");

    println!("four answers, {} timers started", started_timers());
    Ok(server.join().expect("the server does not panic")?)
}

async fn greeting(url: String) -> Result<String, FetchError> {
    let data = fetch_within(&url, Duration::from_secs(20)).await?;
    Ok(String::from_utf8(data)?)
}

/// A server, as small as one can be: it reads the head of one request, and greets.
fn greet(socket: io::Result<TcpStream>) -> io::Result<()> {
    let mut socket = socket?;
    let lines = BufReader::new(&socket).lines().map_while(Result::ok);
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let (body, length) = (&head[0], head[0].len());
    write!(
        socket,
        "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}
