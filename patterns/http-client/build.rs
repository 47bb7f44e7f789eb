use std::env;

fn main() {
    let mut build = cxx_build::bridge("src/lib.rs");
    let transport = match cfg!(feature = "beast") {
        false => "src/http_client.cc",
        true => "src/beast_client.cc",
    };
    build.file(transport).std("c++20");
    // Of the constructor that cxx writes for a Vec of a shared struct, by g++ 16.
    build.flag_if_supported("-Wno-maybe-uninitialized");

    // Where curl-sys has put the headers of the libcurl that it builds.
    if let Some(include) = env::var_os("DEP_CURL_INCLUDE") {
        build.include(include);
    }
    #[cfg(feature = "system-curl")]
    build.includes(pkg_config::probe_library("libcurl").unwrap().include_paths);

    build.compile("cxxbridge-http-client");

    println!("cargo:rerun-if-changed=include/http_client.h");
    println!("cargo:rerun-if-changed={transport}");
}
