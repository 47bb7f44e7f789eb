//! Sending takes the sender by value, out of a context that still has a `Drop` to run.

use futures::channel::oneshot;

pub struct AsyncContext {
    sender: oneshot::Sender<Vec<u8>>,
}

impl Drop for AsyncContext {
    fn drop(&mut self) {
        println!("C++ is done with it");
    }
}

pub fn handle_result(context: Box<AsyncContext>, data: &[u8]) {
    let _ = context.sender.send(data.to_vec());
}

fn main() {}
