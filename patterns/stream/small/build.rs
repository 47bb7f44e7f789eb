fn main() {
    cxx_build::bridge("src/main.rs")
        .file("src/events.cc")
        .std("c++20")
        .compile("stream-small");

    println!("cargo:rerun-if-changed=include/events.h");
    println!("cargo:rerun-if-changed=src/events.cc");
    println!("cargo:rerun-if-changed=src/main.rs");
}
