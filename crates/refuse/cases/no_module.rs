#[cxx_await::bridge]
struct Ffi;

fn main() {}
