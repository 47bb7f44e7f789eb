//! Where the consumer puts events, which takes its time.

use crate::events::made;
use crate::ffi::Event;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

static STORED: AtomicU32 = AtomicU32::new(0);
static MOST_AHEAD: AtomicU32 = AtomicU32::new(0);

/// How many events were stored.
pub fn stored() -> u32 {
    STORED.load(SeqCst)
}

/// How far the producer was ahead at most, since this was asked last.
pub fn most_ahead() -> u32 {
    MOST_AHEAD.swap(0, SeqCst)
}

pub(crate) async fn store(event: Event) -> Result<(), String> {
    smol::Timer::after(Duration::from_micros(200)).await;
    if event.number == 1000 {
        return Err("the store is full".to_owned());
    }
    MOST_AHEAD.fetch_max(made() - stored(), SeqCst);
    STORED.fetch_add(1, SeqCst);
    Ok(())
}
