fn main() {
    cxx_build::bridge("src/lib.rs")
        .file("src/oneshot.cc")
        .std("c++20")
        .compile("oneshot");

    println!("cargo:rerun-if-changed=include/oneshot.h");
    println!("cargo:rerun-if-changed=src/lib.rs");
    println!("cargo:rerun-if-changed=src/oneshot.cc");
}
