//! A waker is code of others. It runs on C++'s thread, and may do what it likes there.

#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/tally.rs"]
mod tally;

use best_practices::{BlockCallback, handle_block, offer_block, pending_fetches};
use best_practices::{Blocks, ErrorKind, FetchError, fetch_blocks, fetch_data};
use futures::FutureExt;
use futures::executor::block_on;
use futures::future::BoxFuture;
use pipe::Pipe;
use std::sync::{Arc, Mutex};
use std::task::{Context, Wake};
use std::time::{Duration, Instant};
use tally::Tally;

struct Panics(Tally);

impl Panics {
    fn new() -> Arc<Self> {
        Arc::new(Panics(Tally::new()))
    }
}

impl Wake for Panics {
    fn wake(self: Arc<Self>) {
        self.0.add_one();
        panic!("this waker panics, as the test wants it to");
    }
}

#[test]
fn a_panic_of_a_waker_at_the_answer_stays_in_rust() {
    let mut pipe = Pipe::new();
    let path = pipe.path();
    let (mut fetch, task) = (Box::pin(fetch_data(&path)), Panics::new());
    let waker = Arc::clone(&task).into();
    assert!(
        fetch
            .poll_unpin(&mut Context::from_waker(&waker))
            .is_pending()
    );
    // More than a pipe holds: it returns when C++ reads.
    let bytes = vec![b'x'; 3 * (64 << 10)];
    pipe.write(&bytes);
    drop(pipe);
    task.0.wait_for(1);
    assert_eq!(block_on(fetch), Ok(bytes));
}

/// What is left to be taken after a waker has panicked for the first block.
fn rest_after_a_panic(callback: BlockCallback) -> Vec<Result<Vec<u8>, FetchError>> {
    let mut pipe = Pipe::new();
    let mut blocks = fetch_blocks(&pipe.path(), callback).unwrap();
    let task = Panics::new();
    let waker = Arc::clone(&task).into();
    let next = Box::pin(blocks.next()).poll_unpin(&mut Context::from_waker(&waker));
    assert!(next.is_pending());
    pipe.write(b"first");
    task.0.wait_for(1);
    let all = async {
        let mut all = vec![];
        while let Some(block) = blocks.next().await {
            all.push(block);
        }
        all
    };
    block_on(all)
}

#[test]
fn a_panic_of_a_waker_at_a_block_is_the_last_word() {
    for callback in [handle_block, offer_block] {
        let rest = rest_after_a_panic(callback);
        assert_eq!(rest.len(), 2, "{rest:?}");
        assert_eq!(rest[0], Ok(b"first".to_vec()));
        assert_eq!(rest[1].as_ref().unwrap_err().kind, ErrorKind::Abandoned);
    }
}

#[test]
fn a_panic_of_a_waker_at_the_end_stays_in_rust() {
    let mut pipe = Pipe::new();
    let mut blocks = fetch_blocks(&pipe.path(), handle_block).unwrap();
    pipe.write(b"first");
    assert_eq!(block_on(blocks.next()), Some(Ok(b"first".to_vec())));
    let task = Panics::new();
    let waker = Arc::clone(&task).into();
    let next = Box::pin(blocks.next()).poll_unpin(&mut Context::from_waker(&waker));
    assert!(next.is_pending());
    drop(pipe);
    task.0.wait_for(1);
    assert_eq!(block_on(blocks.next()), None);
}

#[test]
fn a_waker_may_drop_its_fetch_on_cpps_thread() {
    type Fetch = BoxFuture<'static, Result<Vec<u8>, FetchError>>;

    struct DropsIt(Mutex<Option<(Fetch, Blocks)>>, Tally);
    impl Wake for DropsIt {
        fn wake(self: Arc<Self>) {
            let taken = self.0.lock().unwrap().take();
            drop(taken);
            self.1.add_one();
        }
    }

    let pipes = [Pipe::new(), Pipe::new()];
    let paths = pipes.each_ref().map(Pipe::path);
    let [path, other] = paths.clone();
    let mut fetch: Fetch = async move { fetch_data(&path).await }.boxed();
    let mut blocks = fetch_blocks(&other, handle_block).unwrap();
    let task = Arc::new(DropsIt(Mutex::new(None), Tally::new()));
    let mut slot = task.0.lock().unwrap();
    let waker = Arc::clone(&task).into();
    let mut context = Context::from_waker(&waker);
    assert!(fetch.poll_unpin(&mut context).is_pending());
    assert!(
        Box::pin(blocks.next())
            .poll_unpin(&mut context)
            .is_pending()
    );
    *slot = Some((fetch, blocks));
    drop((slot, waker));
    // Wakes from both threads: the first one drops both fetches, its own and the other one.
    drop(pipes);
    task.1.wait_for(1);
    let limit = Instant::now() + Duration::from_secs(20);
    while pending_fetches() > 0 || Arc::strong_count(&task) > 1 {
        assert!(Instant::now() < limit, "C++ goes on");
        std::thread::yield_now();
    }
}

#[test]
fn a_waker_may_block_on_a_future() {
    struct Blocks(Tally);
    impl Wake for Blocks {
        fn wake(self: Arc<Self>) {
            block_on(std::future::ready(()));
            self.0.add_one();
        }
    }

    for callback in [handle_block, offer_block] {
        let mut pipe = Pipe::new();
        let mut blocks = fetch_blocks(&pipe.path(), callback).unwrap();
        let task = Arc::new(Blocks(Tally::new()));
        let waker = Arc::clone(&task).into();
        let next = Box::pin(blocks.next()).poll_unpin(&mut Context::from_waker(&waker));
        assert!(next.is_pending());
        pipe.write(b"first");
        task.0.wait_for(1);
        drop(pipe);
        assert_eq!(block_on(blocks.next()), Some(Ok(b"first".to_vec())));
        assert_eq!(block_on(blocks.next()), None);
    }
}
