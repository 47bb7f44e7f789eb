//! A child that is forked, and does not become another program.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;

/// How a forked child ends that does `work`, and then exits with what that gives.
pub fn fork(work: impl FnOnce() -> i32) -> ExitStatus {
    // SAFETY: the child uses what the test is about, and else only exits.
    let child = unsafe { libc::fork() };
    assert!(child >= 0, "no fork");
    if child == 0 {
        // For one that hangs: SIGALRM ends it.
        // SAFETY: it takes a number.
        unsafe { libc::alarm(15) };
        std::process::exit(work());
    }
    let mut status = 0;
    // SAFETY: `status` outlives the call.
    assert_eq!(unsafe { libc::waitpid(child, &mut status, 0) }, child);
    ExitStatus::from_raw(status)
}
