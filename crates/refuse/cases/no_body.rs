#[cxx_await::bridge]
mod ffi;

fn main() {}
