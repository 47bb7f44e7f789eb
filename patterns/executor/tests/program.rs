//! The end of the program.

use std::process::Command;

#[test]
fn a_program_that_cannot_go_on_says_why() {
    let program = env!("CARGO_BIN_EXE_executor");
    let ended = Command::new(program)
        .env("TMPDIR", "/no/such/folder")
        .output()
        .unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(said.contains("temp_directory_path"), "it said: {said}");
    assert_eq!(ended.status.code(), Some(1));
}
