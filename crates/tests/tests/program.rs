//! Two libraries with bridges in one program.

use cxx_await_tests::program::ffi;
use futures::executor::block_on;
use futures::future::join;

#[test]
fn rust_awaits_both() {
    let (first, second) = block_on(join(ffi::greeting(1), cxx_await_second::ffi::greeting(1)));
    assert_eq!(first.unwrap(), "Good day, first 1");
    assert_eq!(second.unwrap(), "Hello, second 1");
}

#[test]
fn cpp_of_one_awaits_cpp_of_the_other() {
    let both = block_on(ffi::greetings(1)).unwrap();
    assert_eq!(both, ["Good day, first 1", "Hello, second 1"]);
}

#[test]
fn cpp_of_one_awaits_rust_of_the_other() {
    let all = block_on(ffi::of_the_other()).unwrap();
    assert_eq!(all, ["Ada", "Grace", "no user 0"]);
}
