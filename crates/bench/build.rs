fn main() {
    cxx_await_build::bridge("src/bridge.rs")
        .file("src/bench.cc")
        .compile("cxx-await-bench");
    println!("cargo:rerun-if-changed=include");
    println!("cargo:rerun-if-changed=src/bench.cc");
}
