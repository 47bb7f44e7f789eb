fn main() {
    cxx_await_build::bridge("src/lib.rs")
        .file("src/second.cc")
        .compile("cxx-await-second");
    println!("cargo:rerun-if-changed=include");
    println!("cargo:rerun-if-changed=src");
}
