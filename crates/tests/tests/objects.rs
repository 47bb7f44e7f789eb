use cxx_await_tests::objects::ffi;
use futures::StreamExt;
use futures::executor::block_on;

#[test]
fn rust_awaits_methods_of_cpp() {
    let mut account = ffi::new_account(10);
    block_on(async {
        // SAFETY: the account outlives the futures, which are awaited one after another.
        unsafe {
            assert_eq!(account.pin_mut().deposit(5).await.unwrap(), 15);
            let refused = account.pin_mut().deposit(-5).await.unwrap_err();
            assert_eq!(refused.what(), "a deposit is no withdrawal");
            assert_eq!(account.await_balance().await, 15);
            assert_eq!(
                account.statements(3).collect::<Vec<_>>().await,
                [15, 16, 17]
            );
        }
    });
    assert_eq!(account.balance(), 15);
}

#[test]
fn what_an_unsafe_function_borrows_is_not_copied() {
    let account = ffi::new_account(10);
    let text = String::from("abc");
    block_on(async {
        // SAFETY: all outlive the futures.
        unsafe {
            assert_eq!(ffi::length_of_all(&text, &[1, 2], &account).await, 15);
            assert_eq!(ffi::through_pointer(&7).await, 7);
        }
    });
}

#[test]
fn a_future_that_borrows_is_send() {
    fn check<T: Send>(_: T) {}
    let account = ffi::new_account(10);
    // SAFETY: dropped at once.
    unsafe {
        check(account.await_balance());
        check(account.statements(1));
    }
}

#[test]
fn cpp_awaits_methods_of_rust() {
    assert_eq!(block_on(ffi::ask_store()).unwrap(), "value, no third");
    assert_eq!(block_on(ffi::ask_store_for_all()), "ab");
}

#[test]
fn cpp_lends_to_rust() {
    assert_eq!(block_on(ffi::borrow_from_rust()), 6);
}
