//! Dropping the future.

#[path = "support/counts.rs"]
mod counts;
#[path = "support/load.rs"]
mod load;
#[path = "support/pipe.rs"]
mod pipe;

use coroutine::{fetch_all, fetch_data, fetch_data_patiently};
use counts::Counts;
use futures::FutureExt;
use futures::executor::block_on;
use load::load;
use pipe::Pipe;
use std::io::Write;
use std::time::Duration;

const MISSING: &str = "file:///no/such/file";
const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn dropping_the_future_wakes_a_sleeping_coroutine_which_ends() {
    let counts = Counts::begin();
    let mut fetch = Box::pin(fetch_data_patiently(MISSING, HOUR));
    assert_eq!((&mut fetch).now_or_never(), None);
    counts.wait_for_sleeping(1);
    drop(fetch);
    // Without another look at the file, which would be a frame more.
    assert_eq!(counts.frames_when_all_have_ended(), 3);
}

#[test]
fn it_wakes_no_other() {
    let counts = Counts::begin();
    let mut dropped = Box::pin(fetch_data_patiently(MISSING, HOUR));
    let mut kept = Box::pin(fetch_data_patiently(MISSING, HOUR));
    assert_eq!((&mut dropped).now_or_never(), None);
    assert_eq!((&mut kept).now_or_never(), None);
    counts.wait_for_sleeping(2);
    drop(dropped);
    counts.wait_for_sleeping(1);
    // The timers' thread has nothing left to do, and has not woken the other.
    assert!(block_on(fetch_data_patiently(MISSING, Duration::from_millis(1))).is_err());
    assert_eq!(counts.now().sleeping, 1);
    assert_eq!((&mut kept).now_or_never(), None);
    drop(kept);
    assert_eq!(counts.frames_when_all_have_ended(), 3 + 3 + 4);
}

#[test]
fn dropping_the_future_stops_a_coroutine_that_works() {
    let counts = Counts::begin();
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let mut fetch = Box::pin(fetch_data(&url));
    assert_eq!((&mut fetch).now_or_never(), None);
    pipe.wait_until_read();
    drop(fetch);
    drop(pipe.reader);
    // From here on only C++ has the file open: when it closes it, writing fails. Half of what C++ would read.
    let blocks = (0..128).take_while(|_| pipe.writer.write_all(&[b'x'; 64 << 10]).is_ok());
    assert!(blocks.count() < 128, "C++ went on reading");
    assert_eq!(counts.frames_when_all_have_ended(), 3);
}

#[test]
fn what_has_not_begun_does_not_begin() {
    let counts = Counts::begin();
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let urls = [url.as_str(), MISSING, MISSING];
    let mut fetch = Box::pin(fetch_all(&urls));
    assert_eq!((&mut fetch).now_or_never(), None);
    pipe.wait_until_read();
    drop(fetch);
    drop(pipe);
    // A root, the whole, a fetch for each URL, one that reads, and one that awaits the first of them.
    assert_eq!(counts.frames_when_all_have_ended(), 2 + 3 + 1 + 1);
    assert_eq!(counts.now().started, 2 + 1 + 1 + 1);
}

#[test]
fn a_drop_that_races_with_the_timer_ends_every_coroutine_once() {
    let counts = Counts::begin();
    let batch: u64 = 50;
    for round in 0..load(400, 20) {
        let before = counts.frames_when_all_have_ended();
        let sleeping: Vec<_> = (0..batch)
            .map(|_| {
                let mut fetch = Box::pin(fetch_data_patiently(MISSING, Duration::from_millis(1)));
                let _ = (&mut fetch).now_or_never();
                fetch
            })
            .collect();
        // Three frames each before the second look. Most rounds let go when the first looks again, which is
        // when the timers of the others fire, one after another; the rest when some do not sleep yet.
        if round % 4 != 0 {
            counts.wait_until("one has woken", |counts| counts.made > before + 3 * batch);
        }
        drop(sleeping);
        let frames = counts.frames_when_all_have_ended() - before;
        assert!(
            (3 * batch..=4 * batch).contains(&frames),
            "{frames} frames of {batch} fetches, round {round}"
        );
    }
}
