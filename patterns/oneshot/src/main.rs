use futures::executor::block_on;
use futures::future::join_all;
use oneshot::fetch_data;

fn main() {
    let urls = [
        concat!("file://", env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
        "data:,bytes that need no thread",
        "file:///no/such/file",
        "gopher://example.com",
    ];

    for result in block_on(join_all(urls.map(fetch_data))) {
        match result {
            Ok(data) => println!("{}", String::from_utf8_lossy(&data).lines().next().unwrap()),
            Err(error) => println!("error: {error}"),
        }
    }
}
