//! Calls that fail: no thread, no descriptor, no memory.

#[path = "support/child.rs"]
mod child;
#[path = "support/descriptors.rs"]
mod descriptors;
#[path = "support/models.rs"]
mod models;

use child::{each_fault, forked, in_child, other_threads_sleep, with_faults};
use cpp_async::FetchError;
use descriptors::leave_descriptors;
use futures::FutureExt;
use futures::executor::block_on;
use models::{ALL, CALLBACK, COROUTINE, FUTURE, KJ, PROMISE};
use std::fs::OpenOptions;
use std::io::Write;
use std::process::Command;
use std::time::Duration;
use tokio::runtime::Builder;

/// Each fetch is right, or an `Err`.
fn fetch_with_all() {
    for model in ALL {
        for _ in 0..2 {
            if let Ok(data) = block_on(model("file:///dev/null")) {
                assert_eq!(data, []);
            }
        }
    }
}

#[test]
fn a_fetch_that_finds_no_thread_is_an_err() {
    each_fault("pthread_create", fetch_with_all);
}

#[test]
fn so_it_is_on_tokios_threads() {
    each_fault("pthread_create", || {
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            for model in ALL {
                let _ = tokio::spawn(async move { model("file:///dev/null").await })
                    .await
                    .unwrap();
            }
        });
    });
}

#[test]
fn a_fetch_that_finds_no_descriptor_is_an_err_and_a_later_one_may_find_it() {
    for left in 0..8 {
        let child = in_child(&[("LEFT", &left.to_string())], || {
            let left: usize = std::env::var("LEFT").unwrap().parse().unwrap();
            let taken = leave_descriptors(left);
            for model in ALL {
                let fetched = block_on(model("file:///dev/null"));
                assert!(left > 0 || fetched.is_err());
                let failed = matches!(fetched, Err(FetchError::Failed(_) | FetchError::Abandoned));
                assert!(failed || fetched == Ok(vec![]));
            }
            drop(taken);
            for model in ALL {
                assert_eq!(block_on(model("file:///dev/null")), Ok(vec![]));
            }
        });
        assert!(child.status.success(), "{left} left: {child:?}");
    }
}

#[test]
fn a_signal_interrupts_no_fetch() {
    let ended = with_faults("signals:1ms", || {
        let path = std::env::temp_dir().join(format!("cpp-async-{}", std::process::id()));
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        let url = format!("file://{}", path.display());
        for model in [CALLBACK, FUTURE, COROUTINE, PROMISE] {
            let mut fetch = model(&url);
            assert_eq!((&mut fetch).now_or_never(), None);
            // Time for some signals, while C++ waits for a writer.
            std::thread::sleep(Duration::from_millis(50));
            // Returns when C++ opens it, and hangs when C++ has given up.
            let mut writer = OpenOptions::new().write(true).open(&path).unwrap();
            writer.write_all(b"late").unwrap();
            drop(writer);
            assert_eq!(block_on(fetch), Ok(b"late".to_vec()));
        }
        std::fs::remove_file(&path).unwrap();
    });
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn a_fetch_that_finds_no_memory_is_an_err_or_the_end_of_the_process() {
    each_fault("malloc", || {
        let _ = block_on(ALL[0]("file:///dev/null"));
        let _ = block_on(ALL[3]("file:///dev/null"));
    });
}

#[test]
fn a_child_that_is_forked_while_the_thread_starts_has_its_own_or_an_err() {
    let ended = with_faults("pthread_create:500ms", || {
        for model in [CALLBACK, KJ] {
            let first = std::thread::spawn(move || block_on(model("file:///dev/null")));
            while !other_threads_sleep() {}
            let status = forked(|| {
                let words = "the thread belongs to the process that forked this one";
                let refused = Err(FetchError::Failed(words.to_owned()));
                let fetched = block_on(model("file:///dev/null"));
                assert!(fetched == Ok(vec![]) || fetched == refused, "{fetched:?}");
            });
            assert!(status.success(), "the forked child: {status}");
            assert_eq!(first.join().unwrap(), Ok(vec![]));
        }
    });
    assert!(ended.status.success(), "{ended:?}");
}
