fn main() {
    cxx_build::bridges(["src/lib.rs", "src/bin/by_reference.rs"])
        .file("src/best_practices.cc")
        .std("c++20")
        .compile("best-practices");

    println!("cargo:rerun-if-changed=include/best_practices.h");
    println!("cargo:rerun-if-changed=include/by_reference.h");
    println!("cargo:rerun-if-changed=src/bin/by_reference.rs");
    println!("cargo:rerun-if-changed=src/lib.rs");
    println!("cargo:rerun-if-changed=src/best_practices.cc");
}
