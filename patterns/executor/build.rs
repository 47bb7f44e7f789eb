fn main() {
    cxx_build::bridges(["src/lib.rs", "src/main.rs", "examples/dangling.rs"])
        .files(["src/executor.cc", "src/dangling.cc", "src/program.cc"])
        .include("include")
        .std("c++20")
        .compile("cxxbridge-executor");

    println!("cargo:rerun-if-changed=include/executor.h");
    println!("cargo:rerun-if-changed=src/dangling.cc");
    println!("cargo:rerun-if-changed=src/executor.cc");
    println!("cargo:rerun-if-changed=src/program.cc");
    println!("cargo:rerun-if-changed=examples/dangling.rs");
    println!("cargo:rerun-if-changed=src/lib.rs");
    println!("cargo:rerun-if-changed=src/main.rs");
}
