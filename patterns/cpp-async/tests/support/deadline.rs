//! What a future gives on a tokio runtime, within a time limit: a test of "never a hang" must not
//! hang itself.

use std::io::Write;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;
use tokio::runtime::Builder;

pub fn answer_of<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let runtime = Builder::new_current_thread().build().unwrap();
        sender.send(runtime.block_on(future))
    });
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
