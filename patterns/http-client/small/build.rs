use std::env;

fn main() {
    cxx_build::bridge("src/main.rs")
        .file("src/http_get.cc")
        // Where curl-sys has put the headers of the libcurl that it builds.
        .includes(env::var_os("DEP_CURL_INCLUDE"))
        .std("c++20")
        .compile("http-client-small");

    println!("cargo:rerun-if-changed=include/http_get.h");
    println!("cargo:rerun-if-changed=src/http_get.cc");
    println!("cargo:rerun-if-changed=src/main.rs");
}
