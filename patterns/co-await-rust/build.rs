fn main() {
    cxx_await_build::bridges(["src/executors.rs", "src/lib.rs", "src/timeouts.rs"])
        .file("src/executors.cc")
        .file("src/timeouts.cc")
        .file("src/program.cc")
        .compile("co-await-rust");

    println!("cargo:rerun-if-changed=include");
    println!("cargo:rerun-if-changed=src");
}
