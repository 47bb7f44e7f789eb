use blocking::{async_work, cancellable_work};
use std::error::Error;
use std::fs::File;
use std::io::{Write, pipe};
use std::time::Duration;
use tokio::time::timeout;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_time()
        .build()?;

    let (data, mut writer) = pipe()?;
    writer.write_all(b"123456789")?;
    drop(writer);
    let sum = runtime.block_on(async_work(data))?;
    println!("{} bytes, CRC-32 {:08x}", sum.bytes, sum.crc32);

    let folder = File::open("/")?;
    if let Err(error) = runtime.block_on(async_work(folder)) {
        println!("error: {error}");
    }

    let endless = File::open("/dev/zero")?;
    let limit = Duration::from_millis(50);
    if let Err(late) = runtime.block_on(async { timeout(limit, cancellable_work(endless)).await }) {
        println!("error: {late}");
    }

    // Waits for the C++ call, which reads something endless, but has been asked to stop.
    drop(runtime);
    println!("shut down");
    Ok(())
}
