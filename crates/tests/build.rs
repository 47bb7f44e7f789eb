const BRIDGES: [&str; 7] = [
    "src/values.rs",
    "src/errors.rs",
    "src/streams.rs",
    "src/objects.rs",
    "src/local.rs",
    "src/owners.rs",
    "src/program.rs",
];

fn main() {
    let mut build = cxx_await_build::bridges(BRIDGES);
    for bridge in BRIDGES {
        build.file(bridge.replace(".rs", ".cc"));
    }
    build.file("src/gate.cc").compile("cxx-await-tests");
    println!("cargo:rerun-if-changed=include");
    println!("cargo:rerun-if-changed=src");
}
