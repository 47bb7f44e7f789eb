//! Tasks of Rust on a loop of C++.

use event_loop::{create_loop, sleep};
use futures::channel::{mpsc, oneshot};
use futures::{SinkExt, StreamExt};
use std::cell::Cell;
use std::future::{pending, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};

/// Runs a future on a loop until it ends, and returns its output.
fn run<T: 'static>(
    future: impl FnOnce(
        cxx::SharedPtr<event_loop::Handle>,
    ) -> std::pin::Pin<Box<dyn Future<Output = T>>>,
) -> T {
    let host = create_loop().unwrap();
    let handle = host.tasks().handle();
    let output = Rc::new(Cell::new(None));
    let (future, given) = (future(handle.clone()), Rc::clone(&output));
    host.tasks().spawn(async move {
        given.set(Some(future.await));
        handle.stop();
    });
    host.run().unwrap();
    output.take().unwrap()
}

#[test]
fn a_future_that_is_not_send_runs_on_the_thread_of_the_loop() {
    let polled = run(|handle| {
        Box::pin(async move {
            let polled = Rc::new(Cell::new(vec![]));
            for _ in 0..3 {
                sleep(handle.clone(), 1).await;
                let mut threads = polled.take();
                threads.push(thread::current().id());
                polled.set(threads);
            }
            polled.take()
        })
    });
    assert_eq!(polled, [thread::current().id(); 3]);
}

#[test]
fn a_wake_from_another_thread_polls_on_the_thread_of_the_loop() {
    let (woken, waking): (ThreadId, ThreadId) = run(|_| {
        Box::pin(async {
            let (sender, receiver) = oneshot::channel();
            let other = thread::spawn(move || sender.send(thread::current().id()).unwrap());
            let waking = receiver.await.unwrap();
            other.join().unwrap();
            (thread::current().id(), waking)
        })
    });
    assert_eq!(woken, thread::current().id());
    assert_ne!(woken, waking);
}

#[test]
fn no_wake_is_lost() {
    let rounds = 1000;
    let sum: u64 = run(move |_| {
        Box::pin(async move {
            let (mut to_thread, mut at_thread) = mpsc::channel::<u64>(1);
            let (mut to_loop, mut at_loop) = mpsc::channel::<u64>(1);
            let other = thread::spawn(move || {
                futures::executor::block_on(async {
                    while let Some(number) = at_thread.next().await {
                        to_loop.send(number).await.unwrap();
                    }
                });
            });
            let mut sum = 0;
            for number in 0..rounds {
                to_thread.send(number).await.unwrap();
                sum += at_loop.next().await.unwrap();
            }
            drop(to_thread);
            other.join().unwrap();
            sum
        })
    });
    assert_eq!(sum, rounds * (rounds - 1) / 2);
}

/// Lets all that is posted by now run.
async fn turn() {
    let mut first = true;
    poll_fn(|cx| {
        if !first {
            return Poll::Ready(());
        }
        first = false;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[test]
fn wakes_before_a_poll_make_one_poll() {
    let host = create_loop().unwrap();
    let handle = host.tasks().handle();
    let polls = Rc::new(Cell::new(0));
    let counted = Rc::clone(&polls);
    host.tasks().spawn(poll_fn(move |cx| {
        counted.set(counted.get() + 1);
        if counted.get() == 1 {
            (0..3).for_each(|_| cx.waker().wake_by_ref());
        }
        Poll::Pending
    }));
    host.tasks().spawn(async move {
        for _ in 0..5 {
            turn().await;
        }
        handle.stop();
    });
    host.run().unwrap();
    assert_eq!(polls.get(), 2);
}

#[test]
fn no_thread_is_started() {
    let threads = || std::fs::read_dir("/proc/self/task").unwrap().count();
    let before = threads();
    let meanwhile = run(move |handle| {
        Box::pin(async move {
            sleep(handle, 1).await;
            threads()
        })
    });
    assert_eq!(meanwhile, before);
}

#[test]
fn a_panic_ends_its_task_alone() {
    let host = create_loop().unwrap();
    let handle = host.tasks().handle();
    host.tasks().spawn(async { panic!("of a task") });
    let (sender, mut receiver) = oneshot::channel();
    host.tasks().spawn(async move {
        turn().await;
        sender.send(()).unwrap();
        handle.stop();
    });
    host.run().unwrap();
    assert_eq!(receiver.try_recv(), Ok(Some(())));
}

/// Says on which thread it was dropped.
struct Watched(Arc<Mutex<Vec<ThreadId>>>);

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.lock().unwrap().push(thread::current().id());
    }
}

#[test]
fn the_end_of_the_loop_drops_its_tasks_and_late_wakes_do_nothing() {
    let dropped = Arc::<Mutex<Vec<ThreadId>>>::default();
    let waker = Arc::<Mutex<Option<Waker>>>::default();
    let host = create_loop().unwrap();
    let handle = host.tasks().handle();
    let watched = Watched(Arc::clone(&dropped));
    let kept = Arc::clone(&waker);
    host.tasks().spawn(async move {
        let _watched = watched;
        let own = poll_fn(|cx| Poll::Ready(cx.waker().clone())).await;
        *kept.lock().unwrap() = Some(own);
        handle.stop();
        pending::<()>().await;
    });
    host.run().unwrap();
    assert_eq!(dropped.lock().unwrap().len(), 0);
    drop(host);
    assert_eq!(*dropped.lock().unwrap(), [thread::current().id()]);
    let waker = waker.lock().unwrap().take().unwrap();
    thread::spawn(move || waker.wake()).join().unwrap();
    assert_eq!(dropped.lock().unwrap().len(), 1);
}

/// A future that is over at once, or never, and panics when it is dropped.
struct PanicsWhenDropped(Poll<()>);

impl Future for PanicsWhenDropped {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context) -> Poll<()> {
        self.0
    }
}

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("of a destructor");
    }
}

#[test]
fn a_panic_of_a_destructor_ends_its_task_alone() {
    let host = create_loop().unwrap();
    let handle = host.tasks().handle();
    host.tasks().spawn(PanicsWhenDropped(Poll::Ready(())));
    host.tasks().spawn(PanicsWhenDropped(Poll::Pending));
    let (sender, mut receiver) = oneshot::channel::<()>();
    host.tasks().spawn(async move {
        turn().await;
        handle.stop();
        pending::<()>().await;
        drop(sender);
    });
    host.run().unwrap();
    assert_eq!(receiver.try_recv(), Ok(None));
    drop(host);
    assert!(receiver.try_recv().is_err(), "the third task was leaked");
}

#[test]
fn a_task_that_runs_the_loop_misses_no_wake() {
    let host = Rc::new(create_loop().unwrap());
    let (inner, handle) = (Rc::downgrade(&host), host.tasks().handle());
    let ends = handle.clone();
    let polls = Rc::new(Cell::new(0));
    let counted = Rc::clone(&polls);
    host.tasks().spawn(poll_fn(move |cx| {
        counted.set(counted.get() + 1);
        if counted.get() == 1 {
            cx.waker().wake_by_ref();
            // As a dialog does: the loop runs inside, where the wake arrives, until it is stopped.
            let (inner, ends) = (inner.upgrade().unwrap(), ends.clone());
            inner.tasks().spawn(async move {
                turn().await;
                ends.stop();
            });
            inner.run().unwrap();
        }
        Poll::Pending
    }));
    host.run().unwrap();
    assert_eq!(polls.get(), 1);
    host.tasks().spawn(async move {
        for _ in 0..5 {
            turn().await;
        }
        handle.stop();
    });
    host.run().unwrap();
    assert_eq!(polls.get(), 2);
}
