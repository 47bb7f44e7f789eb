use co_await_rust::executors::ffi::ask_and_wait;

#[test]
fn cpp_waits_for_rust_on_its_own_thread() {
    assert_eq!(ask_and_wait("a server", 1).unwrap(), "a server answers");
}

#[test]
fn an_err_of_rust_is_thrown() {
    assert_eq!(ask_and_wait("", 1).unwrap_err().what(), "no server");
}

#[test]
fn a_panic_of_rust_is_thrown() {
    let thrown = ask_and_wait("nobody", 1).unwrap_err();
    assert_eq!(thrown.what(), "Rust panicked: nobody is no server");
    assert_eq!(ask_and_wait("a server", 1).unwrap(), "a server answers");
}

#[test]
fn many_threads_wait_at_once() {
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..20)
            .map(|i| scope.spawn(move || ask_and_wait(&i.to_string(), 1).unwrap()))
            .collect();
        for (i, thread) in waiting.into_iter().enumerate() {
            assert_eq!(thread.join().unwrap(), format!("{i} answers"));
        }
    });
}
