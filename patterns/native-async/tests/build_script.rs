//! What `cargo build` shows of an `async fn`. The test runs itself again, as the build script of such a bridge.

use std::env;
use std::process::{Command, Stdio};

#[test]
fn the_build_script_refuses_it_before_rustc_does() {
    if let Some(bridge) = env::var_os("REFUSED_BRIDGE") {
        return drop(cxx_build::bridge(bridge));
    }

    let shown_by_rustc = [
        include_str!("../expected/async_cpp.txt"),
        include_str!("../expected/async_rust.txt"),
    ];
    for shown in shown_by_rustc {
        let lines: Vec<&str> = shown.lines().collect();
        let says = lines[0].replacen("error", "error[cxxbridge]", 1);
        let place = lines[1].trim_start_matches([' ', '-', '>']);
        let (bridge, _) = place.split_once(':').unwrap();

        let script = Command::new(env::current_exe().unwrap())
            .args(["--exact", "the_build_script_refuses_it_before_rustc_does"])
            .arg("--nocapture")
            .env("REFUSED_BRIDGE", bridge)
            .env("NO_COLOR", "1")
            .env("CARGO_MANIFEST_DIR", env!("CARGO_MANIFEST_DIR"))
            .env("CARGO_PKG_NAME", env!("CARGO_PKG_NAME"))
            .env("OUT_DIR", env!("CARGO_TARGET_TMPDIR"))
            // Leaks of cxx's own tool are not this crate's.
            .env("ASAN_OPTIONS", "detect_leaks=0")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&script.stderr);
        assert_eq!(script.status.code(), Some(1), "{stderr}");
        assert!(stderr.contains(&says), "{says}\n\n{stderr}");
        assert!(stderr.contains(place), "{place}\n\n{stderr}");
    }
}
