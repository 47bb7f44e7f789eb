fn main() {
    cxx_build::bridge("src/main.rs")
        .file("src/work.cc")
        .std("c++20")
        .compile("blocking-small");

    println!("cargo:rerun-if-changed=include/work.h");
    println!("cargo:rerun-if-changed=src/work.cc");
    println!("cargo:rerun-if-changed=src/main.rs");
}
