//! The small program, whose own functions these tests call.

include!("../src/main.rs");

#[test]
fn bytes_and_the_message_of_an_error_both_arrive() {
    let runtime = create_runtime().unwrap();
    let task = spawn_task(&runtime, "https://example.com");
    assert_eq!(
        wait_task(task).unwrap(),
        b"the bytes of https://example.com"
    );
    let task = spawn_task(&runtime, "gopher://example.com");
    assert_eq!(
        wait_task(task).unwrap_err().to_string(),
        "not an https:// URL: gopher://example.com"
    );
}

#[test]
fn a_panic_in_a_task_is_an_error() {
    let runtime = create_runtime().unwrap();
    let task = Task(runtime.0.spawn(async { panic!("a bug") }));
    let error = wait_task(Box::new(task)).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("panicked with message \"a bug\""),
        "{error}"
    );
}

#[test]
fn a_task_that_the_end_of_the_runtime_stops_is_an_error() {
    let runtime = create_runtime().unwrap();
    let task = Task(runtime.0.spawn(std::future::pending()));
    drop(runtime);
    let error = wait_task(Box::new(task)).unwrap_err();
    assert!(error.to_string().ends_with("was cancelled"), "{error}");
}
