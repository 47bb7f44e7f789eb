use futures::channel::oneshot::Canceled;
use futures::executor::block_on;
use native_async::fetch_data;

fn main() -> Result<(), Canceled> {
    block_on(async {
        let data = fetch_data("data:,awaited").await?;
        println!("{}", String::from_utf8_lossy(&data));
        Ok(())
    })
}
