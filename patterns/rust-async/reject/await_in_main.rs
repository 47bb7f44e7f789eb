//! Only a future can wait for a future. The outermost one is an executor's.

fn main() {
    let _ = rust_async::fetch_data("http://127.0.0.1/").await;
}
