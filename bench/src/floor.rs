//! The same in Rust alone: what a pattern is held against.

use futures::channel::oneshot;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

pub type Answer = io::Result<Vec<u8>>;

struct Job {
    path: String,
    answer: oneshot::Sender<Answer>,
}

#[derive(Default)]
struct Queue {
    jobs: Mutex<VecDeque<Job>>,
    ready: Condvar,
}

impl Queue {
    fn work(&self) {
        let mut block = vec![0; 64 << 10];
        loop {
            let jobs = self.jobs.lock().unwrap();
            let mut jobs = self.ready.wait_while(jobs, |jobs| jobs.is_empty()).unwrap();
            let job = jobs.pop_front().unwrap();
            drop(jobs);
            let answer = match &*job.path {
                "" => Ok(vec![]),
                path => read(path, &mut block, || job.answer.is_canceled()),
            };
            let _ = job.answer.send(answer);
        }
    }
}

/// Rust threads that read files.
pub struct Threads(Arc<Queue>);

impl Threads {
    pub fn new(count: usize) -> Self {
        let queue = Arc::<Queue>::default();
        for _ in 0..count {
            let queue = Arc::clone(&queue);
            thread::spawn(move || queue.work());
        }
        Threads(queue)
    }

    /// The bytes of the file at `path`; none, and no work, when that is empty.
    pub async fn fetch(&self, path: &str) -> Answer {
        let (answer, receiver) = oneshot::channel();
        let path = path.to_owned();
        self.0.jobs.lock().unwrap().push_back(Job { path, answer });
        self.0.ready.notify_one();
        receiver.await.expect("the threads answer all")
    }
}

/// The same with a thread for each call.
pub async fn fetch_on_a_new_thread(path: &str) -> Answer {
    let (answer, receiver) = oneshot::channel();
    let path = path.to_owned();
    thread::spawn(move || {
        let read = read(&path, &mut [0; 4 << 10], || answer.is_canceled());
        let _ = answer.send(read);
    });
    receiver.await.expect("the thread answers")
}

/// With the calls to the system that C++ makes: open, read until the end, close.
fn read(path: &str, block: &mut [u8], stopped: impl Fn() -> bool) -> Answer {
    let mut file = File::open(path)?;
    let mut data = Vec::new();
    while !stopped() {
        match file.read(block)? {
            0 => break,
            count => data.extend_from_slice(&block[..count]),
        }
    }
    Ok(data)
}
