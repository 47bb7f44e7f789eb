//! What a future gives, within a time limit: a test of "never a hang" must not hang itself.

use futures::executor::block_on;
use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

pub fn answer_of<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let (sender, receiver) = channel();
    std::thread::spawn(move || sender.send(block_on(future)));
    match receiver.recv_timeout(Duration::from_secs(20)) {
        Ok(answer) => answer,
        Err(RecvTimeoutError::Disconnected) => panic!("the future panicked"),
        Err(RecvTimeoutError::Timeout) => {
            // A panic would wait for what hangs, and a captured message would be lost.
            let _ = writeln!(std::io::stderr(), "no answer within 20 s");
            std::process::abort()
        }
    }
}
