use coroutine::{fetch_all, fetch_data, fetch_data_asio, fetch_data_patiently};
use futures::executor::block_on;
use std::error::Error;
use std::io::Write;
use std::os::unix::net::UnixListener;
use std::time::Duration;

fn main() -> Result<(), Box<dyn Error>> {
    let cargo = concat!("file://", env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let data = block_on(fetch_data(cargo))?;
    println!("{}", String::from_utf8_lossy(&data).lines().next().unwrap());

    let data = block_on(fetch_all(&["data:,one after ", "data:,another"]))?;
    println!("{}", String::from_utf8_lossy(&data));

    let missing = fetch_data_patiently("file:///no/such/file", Duration::from_millis(50));
    if let Err(error) = block_on(missing) {
        println!("error: {error}");
    }

    let path = std::env::temp_dir().join(format!("coroutine-{}", std::process::id()));
    let server = UnixListener::bind(&path)?;
    let serving = std::thread::spawn(move || server.accept()?.0.write_all(b"said to a socket"));
    let data = block_on(fetch_data_asio(&format!("unix://{}", path.display())))?;
    println!("{}", String::from_utf8_lossy(&data));
    std::fs::remove_file(&path)?;
    serving.join().unwrap()?;
    Ok(())
}
