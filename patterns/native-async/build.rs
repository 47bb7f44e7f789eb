fn main() {
    cxx_build::bridge("src/lib.rs")
        .file("src/native_async.cc")
        .std("c++20")
        .compile("native-async");

    println!("cargo:rerun-if-changed=include/native_async.h");
    println!("cargo:rerun-if-changed=src/lib.rs");
    println!("cargo:rerun-if-changed=src/native_async.cc");
}
