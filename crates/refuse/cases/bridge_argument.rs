#[cxx_await::bridge(names = "x")]
mod ffi {}

fn main() {}
