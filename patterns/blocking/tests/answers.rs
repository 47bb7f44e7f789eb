//! What arrives: a checksum, or the reason why there is none.

use blocking::{Checksum, WorkError, async_work, on_blocking_thread};
use std::fs::File;
use std::io::{Write, pipe};
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

/// A call that succeeds, to see that the pool still works.
async fn nothing() -> Result<Checksum, WorkError> {
    async_work(File::open("/dev/null").unwrap()).await
}

#[test]
fn the_answer_arrives() {
    let (data, mut writer) = pipe().unwrap();
    writer.write_all(b"123456789").unwrap();
    drop(writer);
    let sum = runtime().block_on(async_work(data)).unwrap();
    // The check value that the catalogues of CRCs give for these nine bytes.
    assert_eq!((sum.bytes, sum.crc32), (9, 0xcbf4_3926));
}

#[test]
fn no_data_is_not_an_error() {
    assert_eq!(runtime().block_on(nothing()), Ok(Checksum::default()));
}

#[test]
fn a_cpp_exception_is_an_err() {
    let runtime = runtime();
    let folder = File::open("/").unwrap();
    let error = runtime.block_on(async_work(folder)).unwrap_err();
    assert_eq!(error, WorkError::Failed("read: Is a directory".to_owned()));
    assert_eq!(error.to_string(), "C++ threw: read: Is a directory");
    assert_eq!(runtime.block_on(nothing()), Ok(Checksum::default()));
}

#[test]
fn a_panic_on_the_blocking_thread_is_an_err() {
    let runtime = runtime();
    for name in ["Ada", "Grace"] {
        let call = on_blocking_thread::<()>(move || match name {
            "Ada" => panic!("as the test wants it to"),
            _ => panic!("as {name} wants it to"),
        });
        let message = match name {
            "Ada" => "as the test wants it to",
            _ => "as Grace wants it to",
        };
        let error = runtime.block_on(call).unwrap_err();
        assert_eq!(error, WorkError::Panicked(message.to_owned()));
        assert_eq!(error.to_string(), format!("panicked: {message}"));
    }
    assert_eq!(runtime.block_on(nothing()), Ok(Checksum::default()));
}

#[test]
#[should_panic(expected = "must be called from the context of a Tokio")]
fn outside_of_a_tokio_runtime_it_panics() {
    let _ = futures::executor::block_on(nothing());
}
