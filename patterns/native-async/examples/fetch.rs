use native_async::fetch::ffi::{fetch_both, fetch_data};
use native_async::readings::ffi::readings;
use smol::Timer;
use smol::future::FutureExt;
use smol::stream::StreamExt;
use std::time::Duration;

fn main() {
    smol::block_on(async {
        println!("{:?}", fetch_data("data:,awaited", 1).await);
        println!("{:?}", fetch_data("gopher:", 1).await);
        println!("{:?}", fetch_both("data:,one", "data:,other").await);

        // The loser is dropped, which ends the coroutine.
        let in_an_hour = async { Some(fetch_data("data:,late", 3_600_000).await) };
        let in_a_moment = async {
            Timer::after(Duration::from_millis(1)).await;
            None
        };
        println!("{:?}", in_an_hour.or(in_a_moment).await);

        let mut readings = readings();
        while let Some(reading) = readings.next().await {
            println!("{reading:?}");
        }
    });
}
