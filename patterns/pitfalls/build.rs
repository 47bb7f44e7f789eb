use std::path::PathBuf;

const PITFALLS: [&str; 14] = [
    "blocked",
    "dropped_sender",
    "by_reference",
    "called_twice",
    "leaked",
    "no_result",
    "panics",
    "not_send",
    "not_utf8",
    "kept_str",
    "nested_block_on",
    "no_runtime",
    "self_wake",
    "after_shutdown",
];

fn main() {
    let sources = |ending| PITFALLS.map(|name| PathBuf::from(format!("src/{name}.{ending}")));

    cxx_build::bridges(sources("rs"))
        .files(sources("cc"))
        .file("src/thread.cc")
        .std("c++20")
        .compile("cxxbridge-pitfalls");

    println!("cargo:rerun-if-changed=include/pitfalls.h");
    println!("cargo:rerun-if-changed=src/thread.cc");
    for path in sources("cc") {
        println!("cargo:rerun-if-changed={}", path.display());
    }
}
