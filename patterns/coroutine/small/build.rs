fn main() {
    cxx_build::bridge("src/main.rs")
        .file("src/fetch.cc")
        .std("c++20")
        .compile("coroutine-small");

    println!("cargo:rerun-if-changed=include/fetch.h");
    println!("cargo:rerun-if-changed=src/fetch.cc");
    println!("cargo:rerun-if-changed=src/main.rs");
}
