fn main() {
    cxx_build::bridge("src/lib.rs")
        .file("src/blocking.cc")
        .std("c++20")
        .compile("cxxbridge-blocking");

    println!("cargo:rerun-if-changed=include/blocking.h");
    println!("cargo:rerun-if-changed=src/blocking.cc");
}
