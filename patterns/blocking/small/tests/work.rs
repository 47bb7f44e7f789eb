//! The small program, whose own functions these tests call.

include!("../src/main.rs");

#[test]
fn bytes_come_back_and_so_does_what_cpp_throws() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let doubled = runtime.block_on(async_work(vec![4, 100, 200]));
    assert_eq!(doubled, Ok(vec![8, 200, 144]));
    let thrown = runtime.block_on(async_work(vec![]));
    assert_eq!(thrown, Err("no data".to_owned()));
}
