fn main() {
    cxx_build::bridges(["src/lib.rs", "src/main.rs"])
        .files(["src/event_loop.cc", "src/program.cc"])
        .std("c++20")
        .compile("event-loop");

    println!("cargo:rerun-if-changed=include/event_loop.h");
    println!("cargo:rerun-if-changed=src/event_loop.cc");
    println!("cargo:rerun-if-changed=src/program.cc");
    println!("cargo:rerun-if-changed=src/lib.rs");
    println!("cargo:rerun-if-changed=src/main.rs");
}
