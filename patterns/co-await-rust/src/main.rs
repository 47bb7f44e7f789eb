fn main() -> Result<(), cxx::Exception> {
    co_await_rust::ffi::program()
}
