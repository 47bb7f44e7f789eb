//! In place of an `async fn`, with cxx alone: C++ calls back once, and Rust awaits that.

use futures::channel::oneshot::{self, Canceled};

/// The bytes of a `data:,` URL. An error says that C++ has no answer.
pub async fn fetch_data(url: &str) -> Result<Vec<u8>, Canceled> {
    let (sender, receiver) = oneshot::channel();
    let context = Box::new(AsyncContext { sender });
    ffi::fetch_data_async(url, handle_fetch_result, context);
    receiver.await
}

/// What C++ holds until it has an answer, and gives back with it.
pub struct AsyncContext {
    sender: oneshot::Sender<Vec<u8>>,
}

#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn handle_fetch_result(context: Box<AsyncContext>, data: &[u8]) {
    // Sending fails when the future was dropped: nobody waits for the answer.
    let _ = context.sender.send(data.to_vec());
}

#[cxx::bridge(namespace = "native_async")]
mod ffi {
    extern "Rust" {
        type AsyncContext;
    }

    unsafe extern "C++" {
        include!("native-async/include/callback.h");

        fn fetch_data_async(
            url: &str,
            callback: fn(context: Box<AsyncContext>, data: &[u8]),
            context: Box<AsyncContext>,
        );
    }
}
