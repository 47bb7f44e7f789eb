fn main() {
    cxx_await_build::bridge("src/lib.rs")
        .file("src/basics.cc")
        .compile("cxx-await-tests");
    println!("cargo:rerun-if-changed=include");
    println!("cargo:rerun-if-changed=src");
}
