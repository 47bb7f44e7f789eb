use futures::{StreamExt, TryStreamExt};
use rust_stream::{ffi, sensor};

fn main() {
    smol::block_on(async {
        println!("{:?}", ffi::consume("20").await);
        println!("{:?}", ffi::consume("weather").await);
        for event in ffi::consume_some("endless", 2).await.unwrap() {
            println!("{event:?}");
        }

        let measured: Result<Vec<_>, _> = sensor::ffi::measured(10).try_collect().await;
        println!("{measured:?}");
        let mut batches = sensor::ffi::batches(1000);
        let mut sum = 0;
        while let Some(batch) = batches.next().await {
            match batch {
                Ok(numbers) => sum += numbers.iter().sum::<u32>(),
                Err(thrown) => println!("{sum}, then {thrown}"),
            }
        }
    });
}
