fn main() {
    cxx_build::bridge("src/bridge.rs")
        .file("src/timer.cc")
        .std("c++20")
        .compile("rust-async");

    println!("cargo:rerun-if-changed=include/timer.h");
    println!("cargo:rerun-if-changed=src/timer.cc");
    println!("cargo:rerun-if-changed=src/bridge.rs");
}
