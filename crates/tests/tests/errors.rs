use cxx_await_tests::errors::ffi::{self, Status};
use futures::executor::block_on;
use futures::{FutureExt, poll};
use std::process::Command;
use std::sync::{Mutex, MutexGuard};

// One counts frames: one at a time.
static ONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ONE.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn status(code: i32, message: &str) -> Status {
    Status {
        code,
        message: message.into(),
    }
}

#[test]
fn an_exception_of_any_type_is_an_error() {
    let _alone = alone();
    let thrown = |what| block_on(ffi::throws(what)).unwrap_err().what().to_owned();
    let unknown = "C++ threw something that is not a std::exception";
    assert_eq!(thrown("at once"), "at once");
    assert_eq!(thrown("later"), "later");
    assert_eq!(thrown("int"), unknown);
    assert_eq!(thrown("string"), unknown);
    assert_eq!(thrown("stopped"), "stopped");
    assert_eq!(thrown("child"), "runtime_error");
}

#[test]
fn a_thrown_shared_struct_is_a_typed_error() {
    let _alone = alone();
    block_on(async {
        assert_eq!(ffi::positive(3).await, Ok(3));
        assert_eq!(ffi::positive(-3).await, Err(status(-3, "negative")));
        assert_eq!(ffi::positive(0).await, Err(status(0, "zero")));
        assert_eq!(ffi::positive_or_nothing(1).await, Ok(()));
        assert_eq!(
            ffi::positive_or_nothing(-1).await,
            Err(status(-1, "negative"))
        );
    });
}

#[test]
fn what_is_thrown_before_there_is_a_coroutine_is_no_different() {
    let _alone = alone();
    block_on(async {
        assert_eq!(
            ffi::throws_at_once("status").await,
            Err(status(-1, "negative"))
        );
        assert_eq!(ffi::throws_at_once("words").await, Err(status(0, "words")));
        let unknown = "C++ threw something that is not a std::exception";
        assert_eq!(ffi::throws_at_once("int").await, Err(status(0, unknown)));
    });
}

#[test]
fn cpp_catches_the_typed_error_of_rust() {
    let _alone = alone();
    assert_eq!(block_on(ffi::caught(3)), "3");
    assert_eq!(block_on(ffi::caught(-3)), "negative -3");
    assert_eq!(block_on(ffi::caught(103)), "negative -3");
}

#[test]
fn cpp_catches_the_words_of_any_other_error() {
    let _alone = alone();
    assert_eq!(block_on(ffi::caught_message("")), "1");
    assert_eq!(block_on(ffi::caught_message("no key")), "no key");
}

#[test]
fn a_panic_is_an_exception_whatever_it_carries() {
    let _alone = alone();
    let caught = |what: &str| block_on(ffi::caught_message(&format!("panic {what}")));
    assert_eq!(caught("str"), "Rust panicked: at the disco");
    assert_eq!(caught("string"), "Rust panicked: at the string");
    assert_eq!(caught("value"), "Rust panicked");
    assert_eq!(caught("payload"), "Rust panicked");
    assert_eq!(caught("drop"), "Rust panicked: in drop");
}

#[test]
fn a_panic_in_the_drop_of_a_future_stays_in_rust() {
    let _alone = alone();
    let mut pending = Box::pin(ffi::caught_message("panic never"));
    block_on(async { assert!(poll!(&mut pending).is_pending()) });
    assert_eq!(ffi::frames(), 1);
    drop(pending);
    assert_eq!(ffi::frames(), 0);
}

#[test]
fn awaiting_a_rust_future_again_is_an_error() {
    let _alone = alone();
    assert_eq!(
        block_on(ffi::awaited_twice()).unwrap_err().what(),
        "a Rust future was awaited again"
    );
}

#[test]
#[should_panic(expected = "polled after it was ready")]
fn polling_after_the_end_panics() {
    let _alone = alone();
    let mut future = ffi::positive_or_nothing(1);
    assert!((&mut future).now_or_never().is_some());
    let _ = future.now_or_never();
}

#[test]
fn a_throw_without_result_ends_the_process_with_the_words_of_cpp() {
    let _alone = alone();
    if std::env::var_os("THROWS").is_some() {
        block_on(ffi::may_not_throw(true));
        return;
    }
    assert_eq!(block_on(ffi::may_not_throw(false)), 1);
    let name = "a_throw_without_result_ends_the_process_with_the_words_of_cpp";
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env("THROWS", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stderr);
    assert!(!child.status.success());
    assert!(
        said.contains("terminate called after throwing an instance of 'std::logic_error'"),
        "{said}"
    );
    assert!(said.contains("what():  thrown all the same"), "{said}");
}
