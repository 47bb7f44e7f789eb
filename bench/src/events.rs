//! Many results: the lines of a file are read on another thread, and taken one by one.

use crate::measured::Measured;
use futures::channel::mpsc;
use futures::executor::block_on;
use futures::{SinkExt, Stream, StreamExt};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::thread;
use stream::{CAPACITY, EventError, event_batches, event_stream};

const LINES: usize = 300_000;

type Event = Result<String, EventError>;

/// `None`: there is no such case.
pub fn run(case: &str) -> Option<Measured> {
    let path = std::env::temp_dir().join(format!("patterns-bench-{}.log", std::process::id()));
    let lines: String = (0..LINES).map(|line| format!("event {line}\n")).collect();
    fs::write(&path, lines).expect("a file can be written");
    let log = path.to_str().expect("its path is UTF-8").to_owned();
    let measured = match case {
        "stream" => Some(take(|| event_stream(&log).expect("it opens"))),
        "batches" => Some(take(|| event_batches(&log).expect("it opens"))),
        "bounded" => Some(take(|| bounded(log.clone()))),
        "unbounded" => Some(take(|| unbounded(log.clone()))),
        _ => None,
    };
    fs::remove_file(&path).expect("it can be removed");
    measured
}

/// Takes all lines, whether an event is one of them or many.
fn take<S: Stream<Item = Event> + Unpin>(subscribe: impl Fn() -> S) -> Measured {
    let all = || {
        let (mut lines, mut events) = (0, subscribe());
        while let Some(event) = block_on(events.next()) {
            let event = event.expect("the file can be read");
            lines += event
                .split('\n')
                .filter(|line| line.starts_with("event"))
                .count();
        }
        assert_eq!(lines, LINES);
    };
    all(); // the file is in memory from here on
    Measured::of(LINES, all)
}

/// Rust's own channel, with as much room as the pattern's.
fn bounded(path: String) -> mpsc::Receiver<Event> {
    let (mut sender, events) = mpsc::channel(CAPACITY - 1);
    thread::spawn(move || read(&path, |event| block_on(sender.feed(event)).is_ok()));
    events
}

fn unbounded(path: String) -> mpsc::UnboundedReceiver<Event> {
    let (sender, events) = mpsc::unbounded();
    thread::spawn(move || read(&path, |event| sender.unbounded_send(event).is_ok()));
    events
}

/// Gives each line as the pattern does: copied, and checked to be UTF-8.
fn read(path: &str, send: impl FnMut(Event) -> bool) {
    let file = File::open(path).expect("it opens");
    BufReader::with_capacity(64 << 10, file)
        .lines()
        .map(|line| Ok(line.expect("it is UTF-8")))
        .all(send);
}
