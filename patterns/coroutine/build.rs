fn main() {
    let mut build = cxx_build::bridge("src/lib.rs");
    build
        .file("src/coroutine.cc")
        .file("src/asio.cc")
        .std("c++20");

    if build.get_compiler().is_like_gnu() {
        // Without optimisation, g++ calls the next coroutine where it should jump to it, unless told to,
        build.flag("-foptimize-sibling-calls");
        // and under AddressSanitizer as well, which has the stack to tidy up after each call.
        build.flag("--param=asan-stack=0");
    }
    build.compile("cxxbridge-coroutine");

    for file in ["coroutine.h", "task.h", "threads.h"] {
        println!("cargo:rerun-if-changed=include/{file}");
    }
    for file in ["asio.cc", "coroutine.cc"] {
        println!("cargo:rerun-if-changed=src/{file}");
    }
}
