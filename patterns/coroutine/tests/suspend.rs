//! Where a coroutine waits, it keeps no thread waiting.

#[path = "support/counts.rs"]
mod counts;
#[path = "support/pipe.rs"]
mod pipe;

use coroutine::{FetchError, fetch_data, fetch_data_patiently};
use counts::Counts;
use futures::FutureExt;
use futures::executor::block_on;
use pipe::Pipe;
use std::fs;
use std::io::Write;
use std::sync::Arc;
use std::sync::mpsc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

#[test]
fn a_timer_resumes_the_coroutine_when_its_time_has_come() {
    let counts = Counts::begin();
    let began = Instant::now();
    let patience = Duration::from_millis(50);
    let missing = block_on(fetch_data_patiently("file:///no/such/file", patience));
    assert!(began.elapsed() >= patience, "after {:?}", began.elapsed());
    let words = "/no/such/file: No such file or directory".to_owned();
    assert_eq!(missing, Err(FetchError::Failed(words)));
    // A root, the fetch, and two that read, or try to.
    assert_eq!(counts.frames_when_all_have_ended(), 4);
}

#[test]
fn the_coroutine_goes_on_where_it_was_after_the_timer() {
    let counts = Counts::begin();
    let path = std::env::temp_dir().join(format!("coroutine-late-{}", std::process::id()));
    let url = format!("file://{}", path.display());
    // As often as it takes: on a busy machine the file, or even this thread, may come after the second look.
    let late = (0..20).find_map(|round| {
        let before = counts.frames_when_all_have_ended();
        let mut fetch = Box::pin(fetch_data_patiently(
            &url,
            Duration::from_millis(50 << round),
        ));
        if (&mut fetch).now_or_never().is_some() {
            return None;
        }
        // The first look has failed when its frame is gone.
        counts.wait_until("it has looked", |counts| counts.destroyed > before);
        fs::write(&path, "here at last").unwrap();
        let late = block_on(fetch);
        fs::remove_file(&path).unwrap();
        late.ok()
    });
    assert_eq!(late.as_deref(), Some(b"here at last".as_slice()));
}

struct Woken(mpsc::Sender<ThreadId>);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.send(thread::current().id()).unwrap();
    }
}

#[test]
fn a_coroutine_goes_on_on_another_thread() {
    let (sender, woken) = mpsc::channel();
    let waker = Waker::from(Arc::new(Woken(sender)));
    let mut pipe = Pipe::new();
    let url = pipe.url.clone();
    let mut fetch = Box::pin(fetch_data(&url));
    let mut context = Context::from_waker(&waker);
    assert_eq!(fetch.as_mut().poll(&mut context), Poll::Pending);
    assert!(woken.try_recv().is_err(), "woken, and nothing has come");

    pipe.writer.write_all(b"at last").unwrap();
    drop(pipe.writer);
    assert_ne!(woken.recv().unwrap(), thread::current().id());
    let poll = fetch.as_mut().poll(&mut context);
    assert_eq!(poll, Poll::Ready(Ok(b"at last".to_vec())));
}

#[test]
fn a_coroutine_that_does_not_wait_is_done_at_once() {
    assert_eq!(
        fetch_data("data:,at once").now_or_never(),
        Some(Ok(b"at once".to_vec()))
    );
}
