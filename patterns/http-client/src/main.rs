use async_http_client::{HttpBody, HttpClient, HttpRequest, http_get, http_post, http_stream};
use futures::StreamExt;
use futures::executor::block_on;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

const USAGE: &str =
    "usage: async-http-client [get URL [SECONDS] | get --allow-http URL | post URL FILE]";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        [] => talk_to_myself(),
        ["get", url] => show(HttpRequest::new("GET", url)),
        ["get", "--allow-http", url] => show(HttpRequest {
            downgrade: true,
            ..HttpRequest::new("GET", url)
        }),
        ["get", url, seconds] => get_within(url, seconds),
        ["post", url, file] => upload(url, file),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the status and the headers, then the body as it arrives.
fn show(mut request: HttpRequest) -> Result<(), Box<dyn Error>> {
    request.max_body = usize::MAX; // it is printed as it comes
    let client = HttpClient::new()?;
    let (mut out, terminal) = (io::stdout().lock(), io::stderr().is_terminal());
    block_on(async {
        let mut response = http_stream(&client, request).await?;
        writeln!(out, "{}", response.status)?;
        for header in &response.headers {
            writeln!(out, "{}: {}", header.name, header.value)?;
        }
        writeln!(out)?;
        let length = response.header("content-length").unwrap_or("?").to_owned();
        let mut received = 0;
        while let Some(piece) = response.body.next().await {
            let piece = piece?;
            out.write_all(&piece)?;
            received += piece.len();
            if terminal {
                eprint!("\r{received} of {length} bytes ");
            }
        }
        out.flush()?;
        Ok(())
    })
}

fn get_within(url: &str, seconds: &str) -> Result<(), Box<dyn Error>> {
    let timeout = Some(Duration::try_from_secs_f64(seconds.parse()?)?);
    show(HttpRequest {
        timeout,
        ..HttpRequest::new("GET", url)
    })
}

/// Sends a file piece by piece, however large it is.
fn upload(url: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let mut file = File::open(path).map_err(|error| format!("{path}: {error}"))?;
    let pieces = std::iter::from_fn(move || {
        let mut piece = Vec::new();
        match (&mut file).take(64 << 10).read_to_end(&mut piece) {
            Ok(0) => None,
            read => Some(read.map(|_| piece)),
        }
    });
    let body = HttpBody::Stream(Box::pin(futures::stream::iter(pieces)));
    show(HttpRequest {
        body,
        ..HttpRequest::new("POST", url)
    })
}

/// Without arguments: three requests, to a server of its own.
fn talk_to_myself() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}/greeting", listener.local_addr()?);
    let server = thread::spawn(move || serve(listener.accept()?.0));

    let client = HttpClient::new()?;
    block_on(async {
        let response = http_get(&client, &url).await?;
        println!(
            "{} {}",
            response.status,
            String::from_utf8_lossy(&response.body)
        );
        let response = http_post(&client, &url, "Ada".into()).await?;
        println!(
            "{} {}",
            response.status,
            String::from_utf8_lossy(&response.body)
        );
        if let Err(error) = http_get(&client, "file:///etc/passwd").await {
            println!("error: {error}");
        }
        Ok::<_, Box<dyn Error>>(())
    })?;
    drop(client); // closes its connections, which ends the server
    Ok(server.join().expect("the server does not panic")?)
}

/// Answers the requests of one connection: to a POST with its body.
fn serve(stream: TcpStream) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut writer, mut line, mut length) = (stream, String::new(), 0);
    while reader.read_line(&mut line)? > 0 {
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().unwrap_or(0);
        }
        if line == "\r\n" {
            let mut name = vec![0; length];
            reader.read_exact(&mut name)?;
            let name = String::from_utf8_lossy(&name);
            let answer = format!("Hello {}", if name.is_empty() { "stranger" } else { &name });
            write!(
                writer,
                "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{answer}",
                answer.len()
            )?;
            length = 0;
        }
        line.clear();
    }
    Ok(())
}
