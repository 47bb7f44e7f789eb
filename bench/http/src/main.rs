//! `http-bench small ours http://127.0.0.1:80/small`: runs one case and prints what it took, as JSON. A process for
//! each case; who compares them runs them in turn, against a server that is not a part of this.

mod abort;
mod bare;
mod clients;

use clients::{Client, Isahc, Ours, Reqwest};
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use std::env::args;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "http-bench small|large ours|isahc|reqwest URL COUNT AT_A_TIME, or http-bench abort COUNT, or http-bench small libcurl URL COUNT AT_A_TIME";

fn main() -> ExitCode {
    let args: Vec<String> = args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse().expect(USAGE);
    let measured = match words[..] {
        ["small" | "large", "ours", url, count, at_a_time] => futures::executor::block_on(run(
            Ours::new(),
            words[0],
            url,
            number(count),
            number(at_a_time),
        )),
        ["small" | "large", "isahc", url, count, at_a_time] => futures::executor::block_on(run(
            Isahc::new(),
            words[0],
            url,
            number(count),
            number(at_a_time),
        )),
        ["small" | "large", "reqwest", url, count, at_a_time] => {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime can be made")
                .block_on(run(
                    Reqwest::new(),
                    words[0],
                    url,
                    number(count),
                    number(at_a_time),
                ))
        }
        ["small", "libcurl", url, count, at_a_time] => {
            let taken = bare::run(url, number(count), number(at_a_time));
            let (bytes, total) = taken.expect("the server answers");
            json!({ "total": total, "bytes": bytes, "each": [] })
        }
        ["abort", count] => abort::run(number(count)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    println!("{measured}");
    ExitCode::SUCCESS
}

/// Gets the URL `count` times, so many at a time; how long all of it took and each, in seconds.
async fn run(client: impl Client, size: &str, url: &str, count: usize, at_a_time: usize) -> Value {
    let get = async || {
        let started = Instant::now();
        let bytes = match size {
            "small" => client.whole(url).await,
            _ => client.by_pieces(url).await,
        };
        (bytes, started.elapsed().as_secs_f64())
    };
    get().await; // connects, and the first of everything
    let started = Instant::now();
    let got: Vec<(usize, f64)> = stream::iter(0..count)
        .map(|_| get())
        .buffer_unordered(at_a_time)
        .collect()
        .await;
    let total = started.elapsed().as_secs_f64();
    let bytes: usize = got.iter().map(|(bytes, _)| bytes).sum();
    let each: Vec<f64> = got.iter().map(|(_, seconds)| *seconds).collect();
    json!({ "total": total, "bytes": bytes, "each": each })
}
