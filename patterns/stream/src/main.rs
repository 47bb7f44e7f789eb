use futures::StreamExt;
use std::error::Error;
use stream::event_stream;

fn main() -> Result<(), Box<dyn Error>> {
    let log = std::env::temp_dir().join(format!("stream-{}.log", std::process::id()));
    let path = log
        .to_str()
        .ok_or("the folder for temporary files is not UTF-8")?;

    std::fs::write(&log, b"Ada joined\n\nAda said \xff\nAda left\n")?;
    futures::executor::block_on(print_events(path))?;
    std::fs::remove_file(&log)?;

    futures::executor::block_on(print_events("/"))
}

async fn print_events(path: &str) -> Result<(), Box<dyn Error>> {
    let mut events = event_stream(path)?;
    while let Some(event) = events.next().await {
        match event {
            Ok(line) => println!("event {line:?}"),
            Err(error) => println!("error {error}"),
        }
    }
    println!("end");
    Ok(())
}
