fn main() {
    cxx_build::bridge("src/lib.rs")
        .files(["src/executor.cc", "src/dangling.cc", "src/program.cc"])
        .include("include")
        .std("c++20")
        .compile("cxxbridge-executor");

    println!("cargo:rerun-if-changed=include/executor.h");
    println!("cargo:rerun-if-changed=src/dangling.cc");
    println!("cargo:rerun-if-changed=src/executor.cc");
    println!("cargo:rerun-if-changed=src/program.cc");
}
