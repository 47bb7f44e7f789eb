//! Calls that fail: no thread, no descriptor, no memory.

#[path = "support/child.rs"]
mod child;
#[path = "support/descriptors.rs"]
mod descriptors;
#[path = "support/models.rs"]
mod models;

use child::{each_fault, in_child};
use cpp_async::FetchError;
use descriptors::leave_descriptors;
use futures::executor::block_on;
use models::ALL;
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
fn a_fetch_that_finds_no_memory_is_an_err_or_the_end_of_the_process() {
    each_fault("malloc", || {
        let _ = block_on(ALL[0]("file:///dev/null"));
        let _ = block_on(ALL[3]("file:///dev/null"));
    });
}
