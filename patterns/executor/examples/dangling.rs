fn main() -> Result<(), cxx::Exception> {
    executor::dangling()
}
