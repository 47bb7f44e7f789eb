use cxx_await_tests::ffi;
use futures::executor::block_on;

#[test]
fn rust_awaits_a_coroutine() {
    assert_eq!(block_on(ffi::add(2, 3)), 5);
}
