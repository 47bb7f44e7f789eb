use std::env;

fn main() {
    let mut build = cxx_build::bridge("src/lib.rs");
    build.file("src/http_client.cc").std("c++20");

    // Where curl-sys has put the headers of the libcurl that it builds.
    if let Some(include) = env::var_os("DEP_CURL_INCLUDE") {
        build.include(include);
    }
    #[cfg(feature = "system-curl")]
    build.includes(pkg_config::probe_library("libcurl").unwrap().include_paths);

    build.compile("cxxbridge-http-client");

    println!("cargo:rerun-if-changed=include/http_client.h");
    println!("cargo:rerun-if-changed=src/http_client.cc");
}
