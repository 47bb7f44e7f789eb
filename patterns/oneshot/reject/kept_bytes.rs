//! A callback that keeps C++'s bytes instead of copying them: they are C++'s own again when it returns.

use futures::channel::oneshot;

pub struct BorrowingContext {
    pub sender: oneshot::Sender<&'static [u8]>,
}

pub fn keep(context: BorrowingContext, data: &[u8]) {
    let _ = context.sender.send(data);
}

fn main() {}
