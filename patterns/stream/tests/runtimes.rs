//! The stream needs no runtime and works on each.

use futures::StreamExt;
use futures::executor::block_on;
use stream::bridge::EventKind;
use stream::{CAPACITY, StreamContext, event_stream, event_stream_with, handle_event};

#[path = "support/load.rs"]
mod load;
#[path = "support/log.rs"]
mod log;
#[path = "support/numbers.rs"]
mod numbers;
#[path = "support/tally.rs"]
mod tally;

use load::load;
use log::Log;
use numbers::numbers;
use tally::Tally;

async fn read_to_the_end(path: String, count: usize) {
    let mut events = event_stream(&path).unwrap();
    for number in 0..count {
        assert_eq!(events.next().await, Some(Ok(number.to_string())));
    }
    assert_eq!(events.next().await, None);
}

fn size() -> usize {
    load(20_000, 1_000)
}

#[test]
fn it_works_on_tokio_with_many_threads() {
    let log = Log::of(numbers(size()));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap();
    let reader = runtime.spawn(read_to_the_end(log.path().to_owned(), size()));
    runtime.block_on(reader).unwrap();
}

#[test]
fn it_works_on_tokio_with_one_thread() {
    let log = Log::of(numbers(size()));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(read_to_the_end(log.path().to_owned(), size()));
}

#[test]
fn it_works_on_smol() {
    let log = Log::of(numbers(size()));
    smol::block_on(smol::spawn(read_to_the_end(log.path().to_owned(), size())));
}

#[test]
fn it_works_under_block_on_of_futures() {
    let log = Log::of(numbers(size()));
    block_on(read_to_the_end(log.path().to_owned(), size()));
}

#[test]
fn a_full_stream_does_not_hold_up_its_runtime() {
    static STARTED: Tally = Tally::new();

    fn counted(context: &mut StreamContext, kind: EventKind, bytes: &[u8]) -> bool {
        STARTED.add_one();
        handle_event(context, kind, bytes)
    }

    let log = Log::of(numbers(size()));
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(async {
            let full = event_stream_with(log.path(), counted).unwrap();
            STARTED.wait_for(CAPACITY + 1);
            read_to_the_end(log.path().to_owned(), size()).await;
            assert_eq!(full.count().await, size());
        });
}
