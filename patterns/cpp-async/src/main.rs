use cpp_async::{
    FetchError, fetch_data_callback, fetch_data_coroutine, fetch_data_future, fetch_data_kj,
    fetch_data_promise,
};

fn main() {
    futures::executor::block_on(fetch_in_each_model());
}

async fn fetch_in_each_model() {
    let cargo_toml = concat!("file://", env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    for url in [cargo_toml, "file:///no/such/file"] {
        print("callback ", fetch_data_callback(url).await);
        print("future   ", fetch_data_future(url).await);
        print("coroutine", fetch_data_coroutine(url).await);
        print("promise  ", fetch_data_promise(url).await);
        print("kj       ", fetch_data_kj(url).await);
    }
}

fn print(model: &str, fetched: Result<Vec<u8>, FetchError>) {
    match fetched {
        Ok(data) => {
            let text = String::from_utf8_lossy(&data);
            println!("{model}  {}", text.lines().next().unwrap_or_default());
        }
        Err(error) => println!("{model}  error: {error}"),
    }
}
