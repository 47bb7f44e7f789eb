//! The same in Rust alone.

use futures::channel::{mpsc as bounded, oneshot};
use futures::{SinkExt, Stream};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, OnceLock, mpsc};

type Job = (u64, oneshot::Sender<u64>);

/// A worker with a channel.
pub async fn by_mpsc(n: u64) -> u64 {
    static QUEUE: OnceLock<mpsc::Sender<Job>> = OnceLock::new();
    let queue = QUEUE.get_or_init(|| {
        let (sender, receiver) = mpsc::channel::<Job>();
        std::thread::spawn(move || {
            receiver
                .into_iter()
                .for_each(|(n, answer)| answer.send(n).unwrap())
        });
        sender
    });
    let (sender, receiver) = oneshot::channel();
    queue.send((n, sender)).unwrap();
    receiver.await.unwrap()
}

/// A worker with a queue like that of C++.
pub async fn by_condvar(n: u64) -> u64 {
    static QUEUE: OnceLock<Arc<(Mutex<VecDeque<Job>>, Condvar)>> = OnceLock::new();
    let queue = QUEUE.get_or_init(|| {
        let queue = Arc::<(Mutex<VecDeque<Job>>, Condvar)>::default();
        let its = queue.clone();
        std::thread::spawn(move || {
            loop {
                let mut jobs = its
                    .1
                    .wait_while(its.0.lock().unwrap(), |jobs| jobs.is_empty())
                    .unwrap();
                let (n, answer) = jobs.pop_front().unwrap();
                drop(jobs);
                answer.send(n).unwrap();
            }
        });
        queue
    });
    let (sender, receiver) = oneshot::channel();
    queue.0.lock().unwrap().push_back((n, sender));
    queue.1.notify_one();
    receiver.await.unwrap()
}

/// Finished before it is awaited.
pub async fn at_once(n: u64) -> u64 {
    let (sender, receiver) = oneshot::channel();
    sender.send(n).unwrap();
    receiver.await.unwrap()
}

/// Batches of 64 from another thread, by a bounded channel.
pub fn batches(n: u64) -> impl Stream<Item = Vec<u64>> {
    let (mut sender, receiver) = bounded::channel(4);
    std::thread::spawn(move || {
        futures::executor::block_on(async {
            for first in (0..n).step_by(64) {
                if sender
                    .send((first..n.min(first + 64)).collect())
                    .await
                    .is_err()
                {
                    return;
                }
            }
        });
    });
    receiver
}
