//! A program whose `main` is C++, and which awaits Rust: `crates/cmake`, by the command and CMake.

use std::path::Path;
use std::process::Command;

fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let stdout = said(&output.stdout);
    assert!(
        output.status.success(),
        "{command:?}\n{stdout}\n{}",
        said(&output.stderr)
    );
    stdout
}

#[test]
fn a_cpp_main_awaits_rust() {
    let build = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cmake");
    let command = env!("CARGO_BIN_EXE_cxx-await");
    run(Command::new("cmake")
        .args(["-S", concat!(env!("CARGO_MANIFEST_DIR"), "/../cmake"), "-B"])
        .arg(&build)
        .arg(format!("-DCXX_AWAIT={command}")));
    run(Command::new("cmake").arg("--build").arg(&build));
    let printed = run(&mut Command::new(build.join("forecast")));
    assert_eq!(
        printed,
        "Oslo: snow\nno station in Atlantis\nOslo: snow, Oslo: snow\n10\n"
    );
}
