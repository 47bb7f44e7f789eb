//! A call without `.await` makes a future and drops it: nothing is fetched. The compiler only warns.

#![deny(unused_must_use)]

fn main() {
    rust_async::fetch_data("http://127.0.0.1/");
}
