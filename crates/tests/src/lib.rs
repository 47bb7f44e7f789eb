//! What the tests of cxx-await run: bridges for each part of its surface, and the C++ behind them.

pub mod errors;
pub mod local;
pub mod objects;
pub mod owners;
pub mod program;
pub mod streams;
pub mod values;

/// Makes a future wait for another thread, once.
async fn wait_for_thread() {
    let (sender, receiver) = futures::channel::oneshot::channel();
    std::thread::spawn(move || sender.send(()));
    receiver.await.unwrap();
}
