fn main() {
    std::process::exit(executor::cpp_main());
}
