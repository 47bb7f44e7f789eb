// ANCHOR: tasks
//! Rust futures on the event loop of a C++ program, without another thread.

use cxx::{SharedPtr, UniquePtr};
pub use ffi::{Handle, Loop, create_loop};
use futures::channel::oneshot;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::mem::take;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::task::{Context, Wake, Waker};

/// The futures that wait on a loop. Only its thread has them, so they need not be `Send`.
pub struct Tasks {
    handle: SharedPtr<Handle>,
    waiting: RefCell<HashMap<u64, Task>>,
    last_id: Cell<u64>,
}

struct Task {
    /// None while it is polled.
    future: Option<Pin<Box<dyn Future<Output = ()>>>>,
    wake: Arc<PostedWake>,
    /// It was to be polled while it was polled, as the future runs the loop.
    missed: bool,
}

impl Tasks {
    pub fn handle(&self) -> SharedPtr<Handle> {
        self.handle.clone()
    }

    /// The loop polls the future until it ends, or until the loop is destroyed.
    pub fn spawn(&self, future: impl Future<Output = ()> + 'static) {
        let id = self.last_id.get() + 1;
        self.last_id.set(id);
        let wake = Arc::new(PostedWake {
            id,
            posted: AtomicBool::new(false),
            handle: self.handle(),
        });
        let task = Task {
            future: Some(Box::pin(future)),
            wake: Arc::clone(&wake),
            missed: false,
        };
        self.waiting.borrow_mut().insert(id, task);
        wake.wake();
    }
}

impl Drop for Tasks {
    fn drop(&mut self) {
        let waiting = self.waiting.take();
        waiting
            .into_values()
            .filter_map(|task| task.future)
            .for_each(end);
    }
}

/// Its destructor may panic, which C++ could not catch.
fn end(future: Pin<Box<dyn Future<Output = ()>>>) {
    let _ = catch_unwind(AssertUnwindSafe(|| drop(future)));
}
// ANCHOR_END: tasks

// ANCHOR: wake
/// The waker of a task posts its id to the loop.
struct PostedWake {
    id: u64,
    /// However often it is woken before the next poll, it posts once.
    posted: AtomicBool,
    handle: SharedPtr<Handle>,
}

impl Wake for PostedWake {
    fn wake(self: Arc<Self>) {
        if !self.posted.swap(true, SeqCst) {
            self.handle.post(self.id);
        }
    }
}

// SAFETY: Asio lets any thread post to a context, stop it and, when nobody else has it, destroy it.
unsafe impl Send for Handle {}
// SAFETY: the same.
unsafe impl Sync for Handle {}
// ANCHOR_END: wake

// ANCHOR: poll
/// The loop calls this for each id that was posted to it.
fn poll_task(tasks: &Tasks, id: u64) {
    let mut waiting = tasks.waiting.borrow_mut();
    let Some(task) = waiting.get_mut(&id) else {
        return;
    };
    let Some(mut future) = task.future.take() else {
        task.missed = true;
        return;
    };
    let wake = Arc::clone(&task.wake);
    // Not borrowed while it is polled: a future may spawn others, and run the loop.
    drop(waiting);
    // Before the poll, so that a wake during the poll posts again.
    wake.posted.store(false, SeqCst);
    let waker = Waker::from(Arc::clone(&wake));
    let mut context = Context::from_waker(&waker);
    let polled = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut context)));
    let mut waiting = tasks.waiting.borrow_mut();
    if polled.is_ok_and(|polled| polled.is_pending()) {
        if let Some(task) = waiting.get_mut(&id) {
            task.future = Some(future);
            if take(&mut task.missed) {
                wake.handle.post(id);
            }
        }
        return;
    }
    // A panic ends the task alone.
    waiting.remove(&id);
    drop(waiting);
    end(future);
}
// ANCHOR_END: poll

// ANCHOR: sleep
/// Waits for a timer of the loop. Dropping the future stops the timer.
pub async fn sleep(handle: SharedPtr<Handle>, milliseconds: u32) {
    let (sender, receiver) = oneshot::channel();
    let _timer = ffi::start_timer(handle, milliseconds, Box::new(Fired(sender)));
    let _ = receiver.await;
}

struct Fired(oneshot::Sender<()>);

#[expect(clippy::boxed_local, reason = "it crosses the bridge in a Box")]
fn fire(fired: Box<Fired>) {
    let _ = fired.0.send(());
}
// ANCHOR_END: sleep

// ANCHOR: greet
async fn greeting(handle: SharedPtr<Handle>, name: &str) -> Result<String, &'static str> {
    sleep(handle, 20 * name.len() as u32).await;
    match name.is_empty() {
        true => Err("a name is missing"),
        false => Ok(format!("Hello, {name}!")),
    }
}

/// Starts a task, and has C++ called when it ends.
fn greet(tasks: &Tasks, name: &str, callback: UniquePtr<ffi::Callback>) {
    let (handle, name) = (tasks.handle(), name.to_owned());
    tasks.spawn(async move {
        let text = match greeting(handle, &name).await {
            Ok(text) => text,
            Err(why) => format!("no greeting: {why}"),
        };
        ffi::call(&callback, &text);
    });
}
// ANCHOR_END: greet

// ANCHOR: bridge
fn create_tasks(handle: SharedPtr<Handle>) -> Box<Tasks> {
    Box::new(Tasks {
        handle,
        waiting: RefCell::default(),
        last_id: Cell::default(),
    })
}

#[cxx::bridge(namespace = "event_loop")]
mod ffi {
    extern "Rust" {
        type Tasks;
        type Fired;

        fn create_tasks(handle: SharedPtr<Handle>) -> Box<Tasks>;
        fn poll_task(tasks: &Tasks, id: u64);
        fn fire(fired: Box<Fired>);
        fn greet(tasks: &Tasks, name: &str, callback: UniquePtr<Callback>);
    }

    unsafe extern "C++" {
        include!("event-loop/include/event_loop.h");

        type Callback;
        type Handle;
        type Loop;
        type Timer;

        fn create_loop() -> Result<UniquePtr<Loop>>;
        fn tasks(self: &Loop) -> &Tasks;
        fn run(self: &Loop) -> Result<()>;
        fn post(self: &Handle, task: u64);
        fn stop(self: &Handle);
        fn start_timer(
            handle: SharedPtr<Handle>,
            milliseconds: u32,
            fired: Box<Fired>,
        ) -> UniquePtr<Timer>;
        fn call(callback: &Callback, text: &str);
    }
}
// ANCHOR_END: bridge
