fn main() {
    let Ok(kj) = pkg_config::Config::new()
        .atleast_version("0.9.2")
        .cargo_metadata(false)
        .probe("kj-async")
    else {
        println!(
            "cargo::error=KJ 0.9.2 or newer is missing: apt-get install libcapnp-dev pkg-config"
        );
        return;
    };

    cxx_build::bridge("src/lib.rs")
        .files([
            "src/bridge.cc",
            "src/coroutine.cc",
            "src/fetch.cc",
            "src/kj_fetch.cc",
            "src/promise.cc",
        ])
        .include("include")
        .includes(kj.include_paths)
        .std("c++20")
        // Of KJ's own headers, by g++ where it optimises.
        .flag_if_supported("-Wno-maybe-uninitialized")
        .compile("cpp-async");

    // After what needs them: a linker may drop a library that nothing has asked for yet.
    for library in kj.libs {
        println!("cargo::rustc-link-lib={library}");
    }
    println!("cargo::rerun-if-changed=include");
    println!("cargo::rerun-if-changed=src");
}
