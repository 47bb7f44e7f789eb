//! `cxx-async-bench await cxx-async 1`: what `patterns-bench await coroutine 1` does, by the crate cxx-async.

use std::env::args;
use std::pin::Pin; // which the macro of cxx-async names so
use std::process::ExitCode;

#[path = "../../src/many.rs"]
mod many;
#[path = "../../src/measured.rs"]
mod measured;

#[cxx::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("cxx-async-bench/src/fetch.h");

        type FetchFuture = crate::FetchFuture;

        fn fetch_data_cxx_async(path: String) -> FetchFuture;
    }
}

#[cxx_async::bridge]
unsafe impl Future for FetchFuture {
    type Output = u64;
}

fn main() -> ExitCode {
    let args: Vec<String> = args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    let ["await", "cxx-async", count] = words[..] else {
        eprintln!("cxx-async-bench await cxx-async <in flight>");
        return ExitCode::from(2);
    };
    let in_flight = count.parse().expect("a number of awaits");
    let measured = many::many(in_flight, async || {
        let fetch = ffi::fetch_data_cxx_async("/dev/null".to_owned());
        fetch.await.is_ok()
    });
    println!("{}", measured.json());
    ExitCode::SUCCESS
}
