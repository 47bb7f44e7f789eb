//! What a future gives, within a time limit: a test of "never a hang" must not hang itself.

use futures::executor::block_on;
use std::sync::mpsc;
use std::time::Duration;

pub fn answer_of<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || sender.send(block_on(future)));
    receiver
        .recv_timeout(Duration::from_secs(20))
        .expect("an answer within 20 s")
}
