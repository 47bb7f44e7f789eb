//! What the runtime's own timer does meanwhile: 20 ticks of one runtime are the time that another has.

#[path = "support/pipe.rs"]
mod pipe;

use blocking::{Checksum, WorkError, async_work};
use pipe::Pipe;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::time::interval;

const TICKS: usize = 20;

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().build().unwrap()
}

async fn tick(times: usize, ticks: &AtomicUsize) {
    let mut timer = interval(Duration::from_millis(1));
    for _ in 0..times {
        timer.tick().await;
        ticks.fetch_add(1, SeqCst);
    }
}

/// Ends `pipes` when the timer has ticked `TICKS` times beside a call that runs where it should.
fn tick_beside_good_async_call(pipes: Vec<Pipe>) -> Result<Checksum, WorkError> {
    let (data, mut pipe) = Pipe::new();
    let ticks = AtomicUsize::new(0);
    runtime().block_on(async {
        let call = async_work(data);
        let timer = async {
            // Returns when C++ is at work.
            pipe.wait_until_read();
            tick(TICKS, &ticks).await;
            drop((pipe, pipes));
        };
        futures::join!(call, timer).0
    })
}

#[test]
fn the_timer_ticks_while_cpp_blocks() {
    // C++ can only end after the ticks: a runtime that waits for it would never get there.
    let answer = tick_beside_good_async_call(vec![]);
    assert_eq!(answer.unwrap().bytes, 3 * (64 << 10));
}

// ANCHOR: bad_async_work
/// Wrong: it compiles, it gives the right answer, and it holds up all else on its thread.
async fn bad_async_work(
    data: std::io::PipeReader,
) -> Result<blocking::Checksum, blocking::WorkError> {
    blocking::work(&blocking::Stop::default(), &data.into())
}
// ANCHOR_END: bad_async_work

#[test]
fn the_timer_stands_still_when_async_code_calls_cpp_itself() {
    let (data, mut pipe) = Pipe::new();
    let ticks = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&ticks);
    let bad = thread::spawn(move || {
        runtime().block_on(async {
            let ticking = Arc::clone(&counted);
            tokio::spawn(async move { tick(usize::MAX, &ticking).await });
            while counted.load(SeqCst) == 0 {
                tokio::task::yield_now().await;
            }
            let before = counted.load(SeqCst);
            bad_async_work(data).await.unwrap();
            counted.load(SeqCst) - before
        })
    });
    pipe.wait_until_read();
    tick_beside_good_async_call(vec![pipe]).unwrap();
    assert_eq!(bad.join().unwrap(), 0, "ticks in the time of {TICKS}");
}
