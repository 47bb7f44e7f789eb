use futures::executor::block_on;
use futures::{FutureExt, StreamExt};
use native_async::readings::ffi::{Reading, readings};

#[test]
fn the_items_of_cpp_come_in_order_and_its_error_last() {
    let all: Vec<_> = block_on(readings().collect());
    let stations: Vec<_> = all
        .iter()
        .map(|item| item.as_ref().map(|reading| reading.station.as_str()))
        .map(|item| item.map_err(|thrown| thrown.what()))
        .collect();
    assert_eq!(
        stations,
        [Ok("Oslo"), Ok("Bergen"), Err("a station without a name")]
    );
}

#[test]
fn a_stream_may_be_left_early() {
    let mut left = readings();
    let first = block_on(left.next()).unwrap().unwrap();
    let oslo = Reading {
        station: "Oslo".into(),
        celsius: -2.0,
    };
    assert_eq!(first, oslo);
    assert!(left.next().now_or_never().is_none());
    drop(left);
    drop(readings());
    assert_eq!(block_on(readings().count()), 3);
}
