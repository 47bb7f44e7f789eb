//! What is not promised, seen.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus};

/// How a program ends whose `catch_unwind` is given `work`, and which then exits with 7.
fn ends(name: &str, flags: &[&str], work: &str) -> ExitStatus {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let [source, program] = ["rs", "out"].map(|end| format!("{folder}/{name}.{end}"));
    let text = format!(
        "fn main() {{ let _ = std::panic::catch_unwind(|| {{ {work} }}); std::process::exit(7); }}
        struct Payload; impl Drop for Payload {{ fn drop(&mut self) {{ panic!() }} }}"
    );
    std::fs::write(&source, text).unwrap();
    let mut rustc = Command::new("rustc");
    let rustc = rustc.args(["--edition=2024", "-Adead_code", "-o", &program, &source]);
    assert!(rustc.args(flags).status().unwrap().success());
    Command::new(&program).status().unwrap()
}

#[test]
fn with_panic_abort_a_panic_ends_the_process() {
    assert_eq!(ends("unwinds", &[], "panic!()").code(), Some(7));
    let aborts = ends("aborts", &["-Cpanic=abort"], "panic!()");
    assert_eq!(aborts.signal(), Some(6), "SIGABRT, not {aborts}");
}

#[test]
fn a_payload_that_panics_when_it_is_dropped_passes_catch_unwind() {
    let passes = ends("payload", &[], "std::panic::panic_any(Payload)");
    assert_eq!(passes.code(), Some(101), "not {passes}");
}
