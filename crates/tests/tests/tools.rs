//! The build crate, beside what it made for these tests.

use cxx_await_build::{CXX_VERSION, CfgSet, generate};
use std::fs;
use std::path::Path;
use std::process::Command;

fn made(path: &str) -> String {
    fs::read_to_string(Path::new(env!("OUT_DIR")).join(path)).unwrap()
}

fn cfgs(all: &[&str]) -> CfgSet {
    let mut set = CfgSet::default();
    all.iter().for_each(|cfg| set.add(cfg));
    set
}

#[test]
fn the_command_writes_what_the_build_script_writes() {
    for name in [
        "values", "errors", "streams", "objects", "local", "owners", "program",
    ] {
        let source = fs::read_to_string(format!("src/{name}.rs")).unwrap();
        let path = format!("cxx-await-tests/src/{name}.rs");
        let files = generate(&source, &path, &cfgs(&["feature=\"present\""])).unwrap();
        let text = |ending: &str| {
            let wanted = format!("{path}{ending}");
            &files
                .iter()
                .find(|file| file.path == Path::new(&wanted))
                .unwrap()
                .text
        };
        assert_eq!(
            *text(".h"),
            made(&format!("cxxbridge/include/{path}.h")),
            "{name}"
        );
        assert_eq!(
            *text(".cc"),
            made(&format!("cxxbridge/sources/{path}.cc")),
            "{name}"
        );
        assert_eq!(
            *text(".await.h"),
            made(&format!("cxx-await/include/{path}.await.h")),
            "{name}"
        );
    }
}

#[test]
fn the_release_of_cxx_is_that_of_its_generator() {
    let lock = fs::read_to_string("../../Cargo.lock").unwrap();
    let locked = |name: &str| {
        let (_, entry) = lock
            .split_once(&format!("name = \"{name}\"\nversion = \""))
            .unwrap();
        entry.split_once('"').unwrap().0.to_owned()
    };
    assert_eq!(locked("cxx"), CXX_VERSION);
    assert_eq!(
        locked("cxx-gen").rsplit('.').next(),
        CXX_VERSION.rsplit('.').next()
    );
}

const CFGS: &str = r#"
#[cxx_await::bridge]
mod ffi {
    unsafe extern "C++" {
        include!("x.h");
        #[cfg(all(unix, not(feature = "a")))]
        async fn one();
        #[cfg(any(windows, feature = "a"))]
        async fn two();
    }
    #[cfg(feature = "b")]
    extern "Rust" {
        async fn three();
    }
}
"#;

#[test]
fn a_cfg_leaves_out_its_functions() {
    let all = |set: &[&str]| {
        let files = generate(CFGS, "x.rs", &cfgs(set)).unwrap();
        files
            .iter()
            .filter(|file| file.path.starts_with("x.rs.h") || file.path.starts_with("x.rs.await.h"))
            .map(|file| file.text.clone())
            .collect::<String>()
    };
    let names = |set: &[&str]| {
        let text = all(set);
        ["one", "two", "three"].map(|name| text.contains(&format!("cxx_await_{name}_start")))
    };
    assert_eq!(names(&["unix"]), [true, false, false]);
    assert_eq!(
        names(&["unix", "feature=\"a\"", "feature=\"b\""]),
        [false, true, true]
    );
    assert_eq!(names(&["windows"]), [false, true, false]);
}

#[test]
fn the_command_says_where_a_bridge_is_wrong() {
    let wrong = "#[cxx_await::bridge]\nmod ffi {\n    extern \"Rust\" {\n        async fn f(a: &u8);\n    }\n}\n";
    let said = generate(wrong, "wrong.rs", &CfgSet::default()).unwrap_err();
    assert!(said.contains("--> wrong.rs:4:23"), "{said}");
    assert!(
        said.contains("4 |         async fn f(a: &u8);\n  |                       ^^^"),
        "{said}"
    );
    let of_cxx = "#[cxx_await::bridge]\nmod ffi {\n    extern \"Rust\" {\n        async fn f(a: Unknown<u8>);\n    }\n}\n";
    let said = generate(of_cxx, "wrong.rs", &CfgSet::default()).unwrap_err();
    assert!(said.contains("--> wrong.rs:4"), "{said}");
}

/// In a process of its own, which this one watches.
fn alone(name: &str) -> bool {
    if std::env::var_os("ALONE").is_some() {
        return true;
    }
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("ALONE", "1")
        .output()
        .unwrap();
    assert!(
        child.status.success(),
        "{}: {}",
        child.status,
        String::from_utf8_lossy(&child.stderr)
    );
    false
}

use cxx_await_tests::owners::ffi;
use futures::FutureExt;
use futures::executor::block_on;

#[test]
fn a_process_exits_with_coroutines_in_flight() {
    if alone("a_process_exits_with_coroutines_in_flight") {
        for key in ["never", "never too", "x"] {
            let mut through = Box::pin(ffi::through(key));
            assert!(through.as_mut().now_or_never().is_none());
            Box::leak(Box::new(through));
        }
        let mut forever = Box::pin(ffi::forever());
        assert!(forever.as_mut().now_or_never().is_none());
        std::process::exit(0);
    }
}

#[test]
fn a_forked_child_drops_what_its_parent_has_begun_and_awaits_anew() {
    if !alone("a_forked_child_drops_what_its_parent_has_begun_and_awaits_anew") {
        return;
    }
    let mut forever = Box::pin(ffi::forever());
    let mut never = Box::pin(ffi::first_of("never", "never"));
    assert!(forever.as_mut().now_or_never().is_none());
    assert!(never.as_mut().now_or_never().is_none());
    // SAFETY: the child calls what needs no other thread, and ends by _exit.
    let child = unsafe { libc::fork() };
    if child == 0 {
        // Its thread is not in this process: it is asked to stop, and stays.
        drop(forever);
        drop(never);
        let sum = block_on(ffi::deep(1000)) + block_on(ffi::deep_rust(1000));
        // SAFETY: ends the child.
        unsafe { libc::_exit(if sum == 2000 { 0 } else { 1 }) };
    }
    let mut status = 0;
    // SAFETY: the child of this process.
    assert_eq!(unsafe { libc::waitpid(child, &mut status, 0) }, child);
    assert_eq!(status, 0);
}
