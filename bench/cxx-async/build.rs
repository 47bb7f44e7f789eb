use std::env::var;

fn main() {
    cxx_build::bridge("src/main.rs")
        .file("src/fetch.cc")
        .include(var("DEP_CXX_ASYNC_INCLUDE").expect("cxx-async says where its headers are"))
        // The coroutine takes its turn on the threads of the chapter.
        .include("../../patterns")
        .std("c++20")
        .compile("cxxbridge-cxx-async-bench");

    println!("cargo:rerun-if-changed=src/fetch.cc");
    println!("cargo:rerun-if-changed=src/fetch.h");
    println!("cargo:rerun-if-changed=../../patterns/coroutine/include/threads.h");
}
