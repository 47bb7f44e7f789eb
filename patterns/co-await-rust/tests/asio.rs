use co_await_rust::executors::ffi::ask_with_asio;

#[test]
fn a_coroutine_of_asio_awaits_rust() {
    assert_eq!(ask_with_asio("a", 1).unwrap(), "a answers answers");
}

#[test]
fn it_catches_what_rust_fails_with() {
    assert_eq!(ask_with_asio("", 1).unwrap_err().what(), "no server");
    let thrown = ask_with_asio("nobody", 1).unwrap_err();
    assert_eq!(thrown.what(), "Rust panicked: nobody is no server");
}

#[test]
fn many_loops_run_at_once() {
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    assert_eq!(ask_with_asio("a", 0).unwrap(), "a answers answers");
                }
            });
        }
    });
}
