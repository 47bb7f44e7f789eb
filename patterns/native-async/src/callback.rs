//! What takes the place of `async fn` in a bridge of cxx alone: C++ calls back once, Rust awaits it.

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
    // An error says that the future was dropped: nobody waits for the answer any more.
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
