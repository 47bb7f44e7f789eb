#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("blocking-small/include/work.h");
        fn perform_blocking_work(data: &[u8]) -> Result<Vec<u8>>;
    }
}

async fn async_work(data: Vec<u8>) -> Result<Vec<u8>, String> {
    let work = move || ffi::perform_blocking_work(&data).map_err(|error| error.to_string());
    let result = tokio::task::spawn_blocking(work).await;
    result.map_err(|error| error.to_string())?
}

#[tokio::main]
async fn main() {
    println!("{:?}", async_work(b"\x01\x02\x03".to_vec()).await);
    println!("{:?}", async_work(Vec::new()).await);
}
