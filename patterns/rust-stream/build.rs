fn main() {
    cxx_await_build::bridges(["src/lib.rs", "src/sensor.rs"])
        .file("src/consumer.cc")
        .file("src/sensor.cc")
        .compile("rust-stream");

    println!("cargo:rerun-if-changed=include");
    println!("cargo:rerun-if-changed=src");
}
