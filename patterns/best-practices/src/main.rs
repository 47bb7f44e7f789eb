use best_practices::{fetch_blocks, fetch_data, fetch_with_timeout, handle_block};
use best_practices::{pending_fetches, stopped_fetches};
use std::error::Error;
use std::io::pipe;
use std::os::fd::AsRawFd;
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    runtime.block_on(run())
}

async fn run() -> Result<(), Box<dyn Error>> {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let data = fetch_data(manifest).await?;
    println!("{}", String::from_utf8(data)?.lines().next().unwrap_or(""));

    for path in ["/no/such/file", "/", "/dev/zero", "/dev/null/file", "file"] {
        if let Err(error) = fetch_data(path).await {
            println!("error {error}");
        }
    }

    let (silent, _writer) = pipe()?;
    let path = format!("/proc/self/fd/{}", silent.as_raw_fd());
    if let Err(error) = fetch_with_timeout(&path, Duration::from_millis(50)).await {
        println!("error {error}");
    }
    println!(
        "stopped {}, pending {}",
        stopped_fetches(),
        pending_fetches()
    );

    let mut blocks = fetch_blocks("/dev/zero", handle_block)?;
    for _ in 0..3 {
        if let Some(block) = blocks.next().await {
            println!("block of {} bytes", block?.len());
        }
    }
    Ok(())
}
