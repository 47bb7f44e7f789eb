//! What linkers say of a build script that leaves something out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

/// Calls a function of [`pitfalls`]'s C++, through a bridge of its own.
const PROGRAM: &str = r#"
#[cxx::bridge(namespace = "no_result")]
mod ffi {
    unsafe extern "C++" {
        include!("pitfalls/include/pitfalls.h");

        fn port(text: &str) -> Result<u16>;
    }
}

fn main() {
    println!("{}", ffi::port("80").unwrap());
}
"#;

/// Writes the program to a folder of its own.
fn write(name: &str, program: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("main.rs"), program).unwrap();
    folder
}

/// Builds it, which does not link, and returns what the linker says.
fn link(folder: &Path, libraries: &[&str]) -> String {
    let tests = env::current_exe().unwrap();
    let dependencies = tests.parent().unwrap();
    let cxx = fs::read_dir(dependencies)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name.starts_with("libcxx-") && name.ends_with(".rlib")
        });
    let rustc = Command::new("rustc")
        .args(["main.rs", "--edition", "2024", "--color", "never"])
        .arg(format!("-Ldependency={}", dependencies.display()))
        .arg(format!("--extern=cxx={}", cxx.unwrap().display()))
        .arg("-Lnative=.")
        .args(libraries.iter().map(|library| format!("-l{library}")))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (code, stderr) = ended(rustc);
    assert_eq!(code, Some(1), "it links: {stderr}");
    stderr
}

fn ended(Output { status, stderr, .. }: Output) -> (Option<i32>, String) {
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

/// Whether a line of a linker, GNU's or lld, says that it lacks `name`.
fn lacks(stderr: &str, name: &str) -> bool {
    let messages = [
        "undefined symbol: ",
        "undefined reference to ",
        "unable to find library -l",
        "cannot find -l",
    ];
    stderr.lines().any(|line| {
        let said = messages.iter().find_map(|said| line.split_once(said));
        said.is_some_and(|(_, rest)| rest.contains(name))
    })
}

#[test]
fn a_bridge_that_the_build_script_does_not_name_is_undefined() {
    let folder = write("not_named", PROGRAM);
    let stderr = link(&folder, &[]);
    assert!(lacks(&stderr, "no_result$cxxbridge1$"), "{stderr}");
}

/// Runs itself again, as the build script of such a bridge.
#[test]
fn a_cpp_file_that_the_build_script_does_not_name_is_undefined() {
    if env::var_os("AS_BUILD_SCRIPT").is_some() {
        let mut bridge = cxx_build::bridge("main.rs");
        return bridge.std("c++20").compile("cxxbridge-link");
    }

    let folder = write("no_file", PROGRAM);
    let host = format!("{}-unknown-linux-gnu", env::consts::ARCH);
    let script = Command::new(env::current_exe().unwrap())
        .args(["--exact", "--nocapture"])
        .arg("a_cpp_file_that_the_build_script_does_not_name_is_undefined")
        .current_dir(&folder)
        .env("AS_BUILD_SCRIPT", "yes")
        .env("OUT_DIR", &folder)
        .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
        .env("CARGO_PKG_NAME", env!("CARGO_PKG_NAME"))
        .env("OPT_LEVEL", "0")
        .env("HOST", &host)
        .env("TARGET", &host)
        // Leaks of cxx's own tool are not this crate's.
        .env("ASAN_OPTIONS", "detect_leaks=0")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let (code, stderr) = ended(script);
    assert_eq!(code, Some(0), "{stderr}");
    let stderr = link(&folder, &["static=cxxbridge-link", "stdc++"]);
    assert!(
        lacks(&stderr, "no_result::port(rust::cxxbridge1::Str)"),
        "{stderr}"
    );
}

#[test]
fn a_library_that_is_not_installed_is_not_found() {
    let folder = write("no_library", "fn main() {}");
    let stderr = link(&folder, &["cookbook_no_such_library"]);
    assert!(lacks(&stderr, "cookbook_no_such_library"), "{stderr}");
}
