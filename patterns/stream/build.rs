fn main() {
    cxx_build::bridge("src/lib.rs")
        .file("src/stream.cc")
        .std("c++20")
        .compile("cxxbridge-stream");

    println!("cargo:rerun-if-changed=include/stream.h");
    println!("cargo:rerun-if-changed=src/stream.cc");
}
