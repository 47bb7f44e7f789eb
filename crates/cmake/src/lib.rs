//! What a C++ program awaits. It has no build script: `CMakeLists.txt` makes the C++ of the bridge.

use futures::channel::oneshot;
use futures::{Stream, stream};

#[cxx_await::bridge(namespace = "weather")]
mod ffi {
    extern "Rust" {
        async fn lookup(city: &str) -> Result<String>;
        fn numbers(count: u32) -> impl Stream<Item = u32>;
    }

    unsafe extern "C++" {
        include!("forecast.h");
        /// Rust awaits C++ here, in a future that C++ awaits.
        async fn forecast(city: &str) -> Result<String>;
    }

    extern "Rust" {
        async fn twice(city: &str) -> Result<String>;
    }
}

async fn lookup(city: &str) -> Result<String, String> {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || sender.send("snow"));
    let sky = receiver.await.map_err(|error| error.to_string())?;
    match city {
        "Oslo" => Ok(sky.to_owned()),
        _ => Err(format!("no station in {city}")),
    }
}

fn numbers(count: u32) -> impl Stream<Item = u32> {
    stream::iter(1..=count)
}

async fn twice(city: &str) -> Result<String, cxx::Exception> {
    let first = ffi::forecast(city).await?;
    let second = ffi::forecast(city).await?;
    Ok(format!("{first}, {second}"))
}
