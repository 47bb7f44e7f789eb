use std::{env, path::PathBuf, process::Command};

fn main() {
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    let object = out.join("tide.o");
    let flags = env::var("CXXFLAGS").unwrap_or_default();
    run(Command::new(env::var("CXX").unwrap_or("g++".to_owned()))
        .args(flags.split_whitespace())
        .args(["-std=c++20", "-Iinclude", "-c", "src/tide.cc", "-o"])
        .arg(&object));
    run(Command::new("ar")
        .arg("crs")
        .arg(out.join("libtide.a"))
        .arg(&object));
    println!("cargo:rustc-link-search=native={}", out.display());
    println!("cargo:rustc-link-lib=static=tide");
    println!("cargo:rerun-if-changed=include/tide.h");
    println!("cargo:rerun-if-changed=src/tide.cc");
}

fn run(command: &mut Command) {
    assert!(command.status().unwrap().success());
}
