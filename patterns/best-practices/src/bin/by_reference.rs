//! The dangling capture. It is here to be seen failing under AddressSanitizer, not to be copied.

use best_practices as _; // what build.rs compiled is linked with it
use futures::channel::oneshot;
use futures::executor::block_on;
use std::error::Error;
use std::io::pipe;
use std::os::fd::AsRawFd;

struct AsyncContext {
    sender: oneshot::Sender<u64>,
}

#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn handle_length(context: Box<AsyncContext>, length: u64) {
    let _ = context.sender.send(length);
}

#[cxx::bridge(namespace = "by_reference")]
mod ffi {
    extern "Rust" {
        type AsyncContext;
    }

    unsafe extern "C++" {
        include!("best-practices/include/by_reference.h");

        type Fetch;

        fn fetch_length_async(
            data: i32,
            callback: fn(context: Box<AsyncContext>, length: u64),
            context: Box<AsyncContext>,
        ) -> Result<UniquePtr<Fetch>>;
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (data, writer) = pipe()?;
    let (sender, receiver) = oneshot::channel();
    let context = Box::new(AsyncContext { sender });
    let _thread = ffi::fetch_length_async(data.as_raw_fd(), handle_length, context)?;
    // The call has returned. Now the data ends, and the thread calls back.
    drop(writer);
    println!("{} bytes", block_on(receiver)?);
    Ok(())
}
