//! The small program, whose own functions these tests call.

include!("../src/main.rs");

#[test]
fn a_callback_brings_the_bytes_and_loses_the_error() {
    let data = block_on(fetch_data_callback("https://example.com")).unwrap();
    assert_eq!(data, b"the bytes of https://example.com");
    let error = block_on(fetch_data_callback("gopher://example.com")).unwrap_err();
    assert!(error.is::<oneshot::Canceled>());
}

#[test]
fn a_std_future_brings_the_bytes_and_the_exception() {
    let data = block_on(fetch_data_future("https://example.com")).unwrap();
    assert_eq!(data, b"the bytes of https://example.com");
    let error = block_on(fetch_data_future("gopher://example.com")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "not an https:// URL: gopher://example.com"
    );
}

#[test]
fn asio_brings_the_bytes_and_the_error_code() {
    let data = block_on(fetch_data_asio("https://example.com")).unwrap();
    assert_eq!(data, b"the bytes of https://example.com");
    let error = block_on(fetch_data_asio("gopher://example.com")).unwrap_err();
    assert_eq!(error.to_string(), "Operation not supported");
}
