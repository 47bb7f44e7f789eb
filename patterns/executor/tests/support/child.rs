//! A test that runs itself again, in a process of its own: one that exits or forks, or in which calls fail.

use std::ffi::{CStr, c_char, c_void};
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(20);

/// How a child ended, and what it wrote on standard error.
#[derive(Debug)]
pub struct Ended {
    pub status: ExitStatus,
    pub stderr: String,
}

/// Runs `body` in a child, which then exits with 0. A test calls this in one place only, where the child begins.
pub fn in_child(variables: &[(&str, &str)], body: impl FnOnce()) -> Ended {
    if std::env::var_os("CHILD").is_some() {
        body();
        std::process::exit(0);
    }
    let name = std::thread::current().name().unwrap().to_owned();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &name, "--nocapture"])
        .env("CHILD", "yes")
        .envs(variables.iter().copied())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stderr.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    });
    let limit = Instant::now() + LIMIT;
    while child.try_wait().unwrap().is_none() && Instant::now() < limit {
        std::thread::sleep(Duration::from_millis(1));
    }
    let in_time = child.try_wait().unwrap().is_some();
    let _ = child.kill();
    let status = child.wait().unwrap();
    let stderr = reader.join().unwrap();
    assert!(
        in_time,
        "the child of {variables:?} hangs; it wrote: {stderr}"
    );
    Ended { status, stderr }
}

/// Runs `scenario` in a child for each call of `function` in it: where that call fails, and where all later ones do too.
#[allow(dead_code)] // not every test needs all of it
pub fn each_fault(function: &str, scenario: impl Fn()) {
    for later in ["", "+"] {
        for call in 1.. {
            let faults = format!("{function}:{call}{later}");
            let Ended { status, stderr } = with_faults(&faults, &scenario);
            // Rust's own allocations end the process when they fail, and so do some of glibc's.
            let words = ["memory allocation of ", "out of memory"];
            let no_memory = function == "malloc"
                && status.signal() == Some(6)
                && words.iter().any(|words| stderr.contains(words));
            assert!(
                status.success() || no_memory,
                "FAULTS={faults}: {status}; it wrote: {stderr}"
            );
            if !stderr.contains("faults: ") {
                assert!(call > 1, "the scenario never calls {function}");
                break;
            }
        }
    }
}

/// Runs `scenario` in a child, with `FAULTS` as tools/harness/faults/faults.c has it.
pub fn with_faults(faults: &str, scenario: impl Fn()) -> Ended {
    let library = std::env::var("FAULTS_LIBRARY")
        .expect("FAULTS_LIBRARY, the library that makes calls fail: npm run verify builds it");
    let variables = [
        ("LD_PRELOAD", library.as_str()),
        ("FAULTS", faults),
        ("FAULTS_WAIT", "yes"),
    ];
    in_child(&variables, || {
        call(c"faults_begin");
        scenario();
        call(c"faults_end");
    })
}

/// Calls a function of the preloaded library.
fn call(name: &CStr) {
    unsafe extern "C" {
        fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    }
    // SAFETY: null means all that is loaded, and the name ends with a zero.
    let function = unsafe { dlsym(std::ptr::null_mut(), name.as_ptr()) };
    assert!(!function.is_null(), "{name:?} is not preloaded");
    // SAFETY: the library declares both of its functions as void name(void).
    let function: extern "C" fn() = unsafe { std::mem::transmute(function) };
    function();
}
