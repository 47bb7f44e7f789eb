fn main() {
    cxx_await_build::bridges([
        "src/callback.rs",
        "src/fetch.rs",
        "src/lib.rs",
        "src/readings.rs",
    ])
    .file("src/callback.cc")
    .file("src/fetch.cc")
    .file("src/greeting.cc")
    .file("src/readings.cc")
    .file("src/timers.cc")
    .compile("native-async");

    println!("cargo:rerun-if-changed=include");
    println!("cargo:rerun-if-changed=src");
}
