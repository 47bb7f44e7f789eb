fn main() {
    cxx_build::bridge("src/main.rs")
        .file("src/program.cc")
        .std("c++20")
        .compile("executor-small");

    println!("cargo:rerun-if-changed=include/program.h");
    println!("cargo:rerun-if-changed=src/main.rs");
    println!("cargo:rerun-if-changed=src/program.cc");
}
