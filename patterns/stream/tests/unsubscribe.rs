//! What dropping the stream does to C++'s thread.

use futures::executor::block_on;
use futures::{FutureExt, Stream, StreamExt};
use std::ffi::CString;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Barrier, Mutex};
use std::task::{Context, Poll, Wake};
use std::time::{Duration, Instant};
use stream::bridge::EventKind;
use stream::{
    CAPACITY, Event, EventStream, StreamContext, event_stream, event_stream_with, handle_event,
};

#[path = "support/load.rs"]
mod load;
#[path = "support/log.rs"]
mod log;
#[path = "support/numbers.rs"]
mod numbers;
#[path = "support/pipe.rs"]
mod pipe;
#[path = "support/tally.rs"]
mod tally;

use load::load;
use log::Log;
use numbers::numbers;
use pipe::Pipe;
use tally::Tally;

#[test]
fn the_callback_tells_cpp_that_the_receiver_is_gone() {
    static STARTED: Tally = Tally::new();
    static REFUSED: AtomicUsize = AtomicUsize::new(0);

    fn watched(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        STARTED.add_one();
        let accepted = handle_event(context, kind, bytes);
        REFUSED.fetch_add(usize::from(!accepted), SeqCst);
        accepted
    }

    let log = Log::of(numbers(20 * CAPACITY));
    let events = event_stream_with(log.path(), watched).unwrap();
    STARTED.wait_for(CAPACITY + 1);
    drop(events);
    assert_eq!(REFUSED.load(SeqCst), 1, "times that C++ was told to stop");
    assert_eq!(STARTED.wait_for(0), CAPACITY + 1, "callbacks in all");
}

#[test]
fn dropping_a_full_stream_does_not_deadlock() {
    static STARTED: Tally = Tally::new();

    fn counted(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        STARTED.add_one();
        handle_event(context, kind, bytes)
    }

    let log = Log::of(numbers(20 * CAPACITY));
    for round in 1..=load(1_000, 50) {
        let events = event_stream_with(log.path(), counted).unwrap();
        STARTED.wait_for(round * (CAPACITY + 1));
        drop(events);
    }
}

#[test]
fn dropping_a_silent_stream_does_not_wait_for_an_event() {
    let mut pipe = Pipe::new();
    let mut events = event_stream(&pipe.path()).unwrap();
    pipe.write("the last for a long time\n");
    assert!(block_on(events.next()).is_some());
    drop(events);
}

/// Lives as long as the thread that made it.
struct OnThread(&'static AtomicUsize);

impl OnThread {
    fn new(threads: &'static AtomicUsize) -> Self {
        threads.fetch_add(1, SeqCst);
        Self(threads)
    }
}

impl Drop for OnThread {
    fn drop(&mut self) {
        self.0.fetch_sub(1, SeqCst);
    }
}

#[test]
fn the_thread_is_joined_when_the_drop_returns() {
    static THREADS: AtomicUsize = AtomicUsize::new(0);
    thread_local!(static ON_THREAD: OnThread = OnThread::new(&THREADS));

    fn watched(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        ON_THREAD.with(|_| handle_event(context, kind, bytes))
    }

    let log = Log::of(numbers(20 * CAPACITY));
    for _ in 0..load(1_000, 50) {
        let mut events = event_stream_with(log.path(), watched).unwrap();
        block_on(events.next()).unwrap().unwrap();
        assert_eq!(THREADS.load(SeqCst), 1, "threads while the stream lives");
        drop(events);
        assert_eq!(THREADS.load(SeqCst), 0, "threads after it");
    }
}

#[test]
fn no_callback_runs_after_unsubscribe_has_returned() {
    static SUBSCRIBED: AtomicBool = AtomicBool::new(false);
    static RUNNING: AtomicUsize = AtomicUsize::new(0);
    static LATE: AtomicUsize = AtomicUsize::new(0);

    fn watched(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        RUNNING.fetch_add(1, SeqCst);
        let accepted = handle_event(context, kind, bytes);
        LATE.fetch_add(usize::from(!SUBSCRIBED.load(SeqCst)), SeqCst);
        RUNNING.fetch_sub(1, SeqCst);
        accepted
    }

    let log = Log::of(numbers(20 * CAPACITY));
    for round in 0..load(2_000, 100) {
        SUBSCRIBED.store(true, SeqCst);
        let mut events = event_stream_with(log.path(), watched).unwrap();
        // Each round lets go at another moment: before the first event, in the run, with the channel full.
        for _ in 0..round % (3 * CAPACITY) {
            block_on(events.next()).unwrap().unwrap();
        }
        drop(events);
        SUBSCRIBED.store(false, SeqCst);
        assert_eq!(
            RUNNING.load(SeqCst),
            0,
            "callbacks that ran when the drop returned, round {round}"
        );
        // A producer that outlived the drop gets its turn here.
        std::thread::yield_now();
        assert_eq!(
            LATE.load(SeqCst),
            0,
            "callbacks that ran on after the drop, round {round}"
        );
    }
}

#[test]
fn a_drop_in_async_code_waits_for_one_refused_callback_at_most() {
    static REFUSED: AtomicUsize = AtomicUsize::new(0);

    fn watched(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        let accepted = handle_event(context, kind, bytes);
        REFUSED.fetch_add(usize::from(!accepted), SeqCst);
        accepted
    }

    let log = Log::of(numbers(20 * CAPACITY));
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(async {
            for round in 0..load(2_000, 100) {
                let mut events = event_stream_with(log.path(), watched).unwrap();
                for _ in 0..round % (3 * CAPACITY) {
                    events.next().await.unwrap().unwrap();
                }
                drop(events);
                let refused = REFUSED.swap(0, SeqCst);
                assert!(
                    refused <= 1,
                    "the drop waited for {refused} callbacks in round {round}"
                );
            }
        });
}

#[test]
fn a_waker_may_drop_the_stream_on_cpps_thread() {
    static THREADS: AtomicUsize = AtomicUsize::new(0);
    thread_local!(static ON_THREAD: OnThread = OnThread::new(&THREADS));

    struct DropsTheStream(Mutex<Option<EventStream>>, Tally);
    impl Wake for DropsTheStream {
        fn wake(self: Arc<Self>) {
            ON_THREAD.with(|_| drop(self.0.lock().unwrap().take()));
            self.1.add_one();
        }
    }

    for _ in 0..load(200, 20) {
        let mut pipe = Pipe::new();
        let mut events = event_stream(&pipe.path()).unwrap();
        let task = Arc::new(DropsTheStream(Mutex::new(None), Tally::new()));
        let waker = Arc::clone(&task).into();
        let mut slot = task.0.lock().unwrap();
        assert_eq!(
            Pin::new(&mut events).poll_next(&mut Context::from_waker(&waker)),
            Poll::Pending
        );
        *slot = Some(events);
        drop(slot);
        drop(waker);
        pipe.write("wake up\nand end\n");
        task.1.wait_for(1);
        // C++'s thread ends by itself.
        let limit = Instant::now() + Duration::from_secs(20);
        while THREADS.load(SeqCst) > 0 {
            assert!(Instant::now() < limit, "the thread goes on");
            std::thread::yield_now();
        }
        assert_eq!(Arc::strong_count(&task), 1, "C++ has kept the waker");
    }
}

#[test]
fn two_wakers_may_drop_each_others_streams() {
    type Slot = Arc<Mutex<Option<EventStream>>>;
    struct DropsAnother(Arc<Barrier>, Slot, Tally);
    impl Wake for DropsAnother {
        fn wake(self: Arc<Self>) {
            let another = self.1.lock().unwrap().take();
            // Both are on their threads, and neither stream is dropped twice.
            if another.is_some() {
                self.0.wait();
            }
            drop(another);
            self.2.add_one();
        }
    }

    let both = Arc::new(Barrier::new(2));
    let slots = [(); 2].map(|()| Slot::default());
    let mut pipes = [Pipe::new(), Pipe::new()];
    let tasks = [0, 1].map(|own| {
        let (both, another) = (Arc::clone(&both), Arc::clone(&slots[1 - own]));
        let task = Arc::new(DropsAnother(both, another, Tally::new()));
        let waker = Arc::clone(&task).into();
        let mut events = event_stream(&pipes[own].path()).unwrap();
        let polled = Pin::new(&mut events).poll_next(&mut Context::from_waker(&waker));
        assert_eq!(polled, Poll::Pending);
        *slots[own].lock().unwrap() = Some(events);
        task
    });
    pipes.iter_mut().for_each(|pipe| pipe.write("wake up\n"));
    for task in tasks {
        task.2.wait_for(1);
    }
}

#[test]
fn dropping_the_stream_of_a_fifo_that_nobody_writes_to_does_not_wait() {
    let path = format!(
        "{}/fifo-{}",
        env!("CARGO_TARGET_TMPDIR"),
        std::process::id()
    );
    let name = CString::new(path.clone()).unwrap();
    // SAFETY: `name` outlives the call.
    assert_eq!(unsafe { libc::mkfifo(name.as_ptr(), 0o600) }, 0);
    let mut events = event_stream(&path).unwrap();
    assert_eq!(events.next().now_or_never(), None);
    drop(events);
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn a_waker_may_block_on_the_stream() {
    struct Takes(
        Mutex<Option<EventStream>>,
        Mutex<Option<Option<Event>>>,
        Tally,
    );
    impl Wake for Takes {
        fn wake(self: Arc<Self>) {
            let mut events = self.0.lock().unwrap();
            *self.1.lock().unwrap() = Some(block_on(events.as_mut().unwrap().next()));
            self.2.add_one();
        }
    }

    let mut pipe = Pipe::new();
    let mut events = event_stream(&pipe.path()).unwrap();
    let task = Arc::new(Takes(Mutex::default(), Mutex::default(), Tally::new()));
    let waker = Arc::clone(&task).into();
    let mut slot = task.0.lock().unwrap();
    let poll = events.poll_next_unpin(&mut Context::from_waker(&waker));
    assert_eq!(poll, Poll::Pending);
    *slot = Some(events);
    drop(slot);
    pipe.write("one\ntwo\n");
    task.2.wait_for(1);
    assert_eq!(
        task.1.lock().unwrap().take(),
        Some(Some(Ok("one".to_owned())))
    );
    let next = block_on(task.0.lock().unwrap().as_mut().unwrap().next());
    assert_eq!(next, Some(Ok("two".to_owned())));
}
