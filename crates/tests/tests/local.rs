use cxx_await_tests::local::Shared;
use cxx_await_tests::local::ffi;
use futures::executor::{LocalPool, block_on};
use futures::task::LocalSpawnExt;
use futures::{StreamExt, poll};
use std::cell::Cell;
use std::process::Command;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard};

// One holds its coroutine in a global, and one counts frames: one at a time.
static ONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ONE.lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn shared() -> (Box<Shared>, Rc<Cell<u32>>) {
    let count = Rc::new(Cell::new(0));
    (Box::new(Shared(count.clone())), count)
}

#[test]
fn a_local_coroutine_comes_back_to_its_thread() {
    let _alone = alone();
    let (given, touched) = shared();
    assert_eq!(block_on(ffi::strays(given, 100)).unwrap(), 0);
    assert_eq!(touched.get(), 100);
    assert_eq!(Rc::strong_count(&touched), 1);
    let (given, _) = shared();
    assert_eq!(
        block_on(ffi::strays(given, 0)).unwrap_err().what(),
        "no steps"
    );
}

#[test]
fn a_local_generator_comes_back_to_its_thread() {
    let _alone = alone();
    let (given, touched) = shared();
    assert_eq!(
        block_on(ffi::strayed(given, 5).collect::<Vec<_>>()),
        [0, 1, 2, 3, 4]
    );
    assert_eq!(touched.get(), 5);
}

#[test]
fn a_local_coroutine_awaits_local_and_other_things() {
    let _alone = alone();
    let (given, touched) = shared();
    // 1 of the child, 3 of Rust, 0 strays, 0 + 1 + 2, 1 + 2 + 3, 100 for the exception.
    assert_eq!(block_on(ffi::mixed(given)).unwrap(), 113);
    assert_eq!(touched.get(), 6);
    assert_eq!(block_on(ffi::not_on_owner()), 1);
}

#[test]
fn many_run_on_a_single_threaded_executor() {
    let _alone = alone();
    let mut pool = LocalPool::new();
    let handles: Vec<_> = (0..50)
        .map(|_| {
            pool.spawner()
                .spawn_local_with_handle(ffi::strays(shared().0, 10))
                .unwrap()
        })
        .collect();
    for handle in handles {
        assert_eq!(pool.run_until(handle).unwrap(), 0);
    }
}

#[test]
fn cpp_drives_one_on_its_thread() {
    let _alone = alone();
    assert_eq!(ffi::drive_on_this_thread(), 0);
}

#[test]
fn what_is_dropped_while_it_waits_elsewhere_is_destroyed_on_its_own_thread() {
    let _alone = alone();
    let (given, touched) = shared();
    let mut held = Box::pin(ffi::held(given));
    block_on(async { assert!(poll!(&mut held).is_pending()) });
    drop(held);
    assert_eq!(
        Rc::strong_count(&touched),
        2,
        "it is still waited for in C++"
    );
    // Resumed by another thread, which only lays it down.
    ffi::release_held();
    assert_eq!(Rc::strong_count(&touched), 2);
    // The next local coroutine of this thread lets it go.
    assert_eq!(block_on(ffi::not_on_owner()), 1);
    assert_eq!(Rc::strong_count(&touched), 1);
    assert_eq!(touched.get(), 0, "it did not go on");
}

#[test]
fn what_outlives_its_thread_is_never_destroyed() {
    let _alone = alone();
    let frames = std::thread::spawn(|| {
        let mut held = Box::pin(ffi::held(shared().0));
        block_on(async { assert!(poll!(&mut held).is_pending()) });
        ffi::frames()
    })
    .join()
    .unwrap();
    ffi::release_held();
    assert_eq!(ffi::frames(), frames);
}

#[test]
fn polling_on_another_thread_ends_the_process() {
    struct Moved<T>(T);
    // SAFETY: it is not safe, and that is what this test is about.
    unsafe impl<T> Send for Moved<T> {}
    if std::env::var_os("MOVES").is_some() {
        let moved = Moved(ffi::strays(shared().0, 1));
        std::thread::spawn(move || {
            let moved = moved;
            let _ = block_on(moved.0);
        })
        .join()
        .unwrap();
        return;
    }
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "polling_on_another_thread_ends_the_process",
            "--nocapture",
        ])
        .env("MOVES", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&child.stderr);
    assert!(
        said.contains("was polled on another thread than the one that made it"),
        "{said}"
    );
    assert!(!child.status.success());
}
