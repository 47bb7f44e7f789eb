fn main() {
    cxx_build::bridge("src/main.rs")
        .files(["src/callback.cc", "src/future.cc", "src/asio.cc"])
        .std("c++20")
        .compile("cpp-async-small");

    println!("cargo:rerun-if-changed=include");
    println!("cargo:rerun-if-changed=src");
}
