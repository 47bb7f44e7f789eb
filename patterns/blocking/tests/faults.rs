//! Calls that fail, and signals.

#[path = "support/child.rs"]
mod child;
#[path = "support/pipe.rs"]
mod pipe;

use blocking::{Checksum, WorkError, async_work};
use child::{each_fault, with_faults};
use futures::poll;
use pipe::Pipe;
use std::fs::File;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

fn runtime() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

async fn nothing() -> Result<Checksum, WorkError> {
    async_work(File::open("/dev/null").unwrap()).await
}

#[test]
fn a_thread_that_cannot_be_started_is_an_err_and_the_call_never_runs() {
    let ended = with_faults("pthread_create:1", || {
        let runtime = runtime();
        let (data, pipe) = Pipe::new();
        let error = runtime.block_on(async_work(data)).unwrap_err();
        let message = "OS can't spawn worker thread: Resource temporarily unavailable";
        assert!(error.to_string().contains(message), "{error}");
        // The pool works when it can, and has let go of the data that it never read.
        assert_eq!(runtime.block_on(nothing()), Ok(Checksum::default()));
        pipe.wait_until_closed();
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn memory_that_runs_out_is_an_err_or_ends_the_process() {
    each_fault("malloc", || {
        let _ = runtime().block_on(nothing());
    });
}

#[test]
fn a_signal_interrupts_no_call() {
    let ended = with_faults("signals:1ms", || {
        let (data, mut pipe) = Pipe::new();
        let sum = runtime().block_on(async {
            let mut call = Box::pin(async_work(data));
            assert!(poll!(&mut call).is_pending());
            for _ in 0..20 {
                // Time for some signals. Without one, nothing would be interrupted.
                std::thread::sleep(Duration::from_millis(5));
                pipe.wait_until_read();
            }
            drop(pipe);
            call.await
        });
        assert_eq!(sum.unwrap().bytes, 20 * 3 * (64 << 10));
    });
    assert!(ended.status.success(), "{ended:?}");
}
