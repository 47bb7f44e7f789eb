//! A test that runs itself again, in a process of its own: one that exits or forks, or in which calls fail.

#![allow(dead_code)] // not every test needs all of it

use std::ffi::{CStr, c_char, c_void};
use std::fs::File;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::ptr::NonNull;
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
    let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
    // No pipe: a forked child that hangs would keep it open.
    let stderr = File::create(&path).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &name, "--nocapture"])
        .env("CHILD", "yes")
        .envs(variables.iter().copied())
        // What ends in the midst of things frees nothing, and a forked child starts threads.
        .env("ASAN_OPTIONS", and("ASAN_OPTIONS", "detect_leaks=0"))
        .env("TSAN_OPTIONS", and("TSAN_OPTIONS", "die_after_fork=0"))
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .unwrap();
    let limit = Instant::now() + LIMIT;
    while child.try_wait().unwrap().is_none() && Instant::now() < limit {
        std::thread::sleep(Duration::from_millis(1));
    }
    let in_time = child.try_wait().unwrap().is_some();
    let _ = child.kill();
    let status = child.wait().unwrap();
    let stderr = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(in_time, "{variables:?}: it hangs; it wrote: {stderr}");
    Ended { status, stderr }
}

/// What the variable says already, and `option`.
fn and(variable: &str, option: &str) -> String {
    match std::env::var(variable) {
        Ok(options) => format!("{options}:{option}"),
        Err(_) => option.to_owned(),
    }
}

/// Runs `scenario` in a child for each call of `function` in it: where that call fails, and where all later ones do too.
pub fn each_fault(function: &str, scenario: impl Fn()) {
    for later in ["", "+"] {
        for call in 1.. {
            let faults = format!("{function}:{call}{later}");
            let Ended { status, stderr } = with_faults(&faults, &scenario);
            // Rust, glibc and what copies an exception's message end the process when they get none.
            let no_memory = function == "malloc"
                && status.signal() == Some(6)
                && [
                    "memory allocation of ",
                    "out of memory",
                    "bad_alloc",
                    "terminate called recursively",
                ]
                .iter()
                .any(|said| stderr.contains(said));
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

/// Forks. The child runs `body` and exits with 0, in 10 s.
pub fn forked(body: impl FnOnce()) -> ExitStatus {
    unsafe extern "C" {
        fn fork() -> i32;
        fn alarm(seconds: u32) -> u32;
        fn waitpid(child: i32, status: *mut i32, options: i32) -> i32;
    }
    // A lock of its allocator that another thread holds stays locked in the child: g++ 12 has no handler for forks.
    if sanitized() {
        let limit = Instant::now() + Duration::from_secs(1);
        while !other_threads_sleep() && Instant::now() < limit {}
    }
    // SAFETY: what the child does is what the test is about.
    let child = unsafe { fork() };
    if child == 0 {
        // SAFETY: its signal ends the child.
        unsafe { alarm(10) };
        let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
        std::process::exit(if ended.is_ok() { 0 } else { 101 });
    }
    let mut status = 0;
    // SAFETY: `status` lives until it returns.
    assert_eq!(unsafe { waitpid(child, &mut status, 0) }, child);
    ExitStatus::from_raw(status)
}

/// Whether AddressSanitizer is in this process. ASAN_OPTIONS does not tell: each child has them.
pub fn sanitized() -> bool {
    loaded(c"__asan_init").is_some()
}

/// Whether all threads but the calling one sleep, for 3 ms.
pub fn other_threads_sleep() -> bool {
    let running = |stat: &str| !stat.rsplit(") ").next().unwrap().starts_with('S');
    (0..3).all(|_| {
        std::thread::sleep(Duration::from_millis(1));
        let threads = std::fs::read_dir("/proc/self/task").unwrap();
        let stats = threads.filter_map(|thread| {
            // It may have ended in the meantime.
            std::fs::read_to_string(thread.unwrap().path().join("stat")).ok()
        });
        stats.filter(|stat| running(stat)).count() <= 1
    })
}

/// Calls a function of the preloaded library.
fn call(name: &CStr) {
    let address = loaded(name).unwrap_or_else(|| panic!("{name:?} is not preloaded"));
    // SAFETY: the library declares both of its functions as void name(void).
    let function: extern "C" fn() = unsafe { std::mem::transmute(address) };
    function();
}

/// Where a symbol of all that is loaded lies.
fn loaded(name: &CStr) -> Option<NonNull<c_void>> {
    unsafe extern "C" {
        fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
    }
    // SAFETY: null means all that is loaded, and the name ends with a zero.
    NonNull::new(unsafe { dlsym(std::ptr::null_mut(), name.as_ptr()) })
}
