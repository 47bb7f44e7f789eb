// ANCHOR: runtime
//! C++ runs Rust's async code, on a runtime that it owns.

mod fetch;
mod task;

use cxx::UniquePtr;
pub use ffi::{EventLoop, TaskCallback, outcome, start_event_loop, when_ended};
use futures::FutureExt;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{mem, process};
use task::{Completion, Task, lock};
pub use task::{TaskError, TaskResult};
use tokio::runtime::{Builder, Handle, Runtime};

/// What C++ holds: a runtime, and the tasks whose results C++ has not taken yet.
pub struct RuntimeHandle {
    /// A forked child has the memory of this process, but none of its threads.
    process: u32,
    runtime: Mutex<Option<Runtime>>,
    tasks: Mutex<HashMap<u64, Task>>,
    limit: usize,
}

pub fn create_runtime(limit: usize) -> Result<Box<RuntimeHandle>, TaskError> {
    // tokio panics when it cannot start a thread. With several, it would then wait for the first one for ever.
    let mut builder = Builder::new_multi_thread();
    let built = catch_unwind(AssertUnwindSafe(|| {
        builder.worker_threads(1).enable_io().build()
    }));
    let runtime = built
        .map_err(|panic| TaskError::panicked(&*panic))?
        .map_err(|error| TaskError::Failed(error.to_string()))?;
    Ok(Box::new(RuntimeHandle {
        process: process::id(),
        runtime: Mutex::new(Some(runtime)),
        tasks: Mutex::default(),
        limit,
    }))
}
// ANCHOR_END: runtime

// ANCHOR: spawn
/// One counter for all runtimes, so that an id is never another runtime's task.
static LAST_ID: AtomicU64 = AtomicU64::new(0);

impl RuntimeHandle {
    /// Starts any future on the runtime. Any thread may call it.
    pub fn spawn(
        &self,
        work: impl Future<Output = TaskResult> + Send + 'static,
    ) -> Result<u64, TaskError> {
        self.check_process()?;
        let runtime = lock(&self.runtime);
        let runtime = runtime.as_ref().ok_or(TaskError::ShutDown)?;
        let mut tasks = lock(&self.tasks);
        if tasks.len() >= self.limit {
            return Err(TaskError::Full(self.limit));
        }
        let (completion, outcome) = Completion::new();
        let running = runtime.spawn(async move {
            let ended = AssertUnwindSafe(work).catch_unwind().await;
            completion.end(ended.unwrap_or_else(|panic| Err(TaskError::panicked(&*panic))));
        });
        let id = LAST_ID.fetch_add(1, Relaxed) + 1;
        let running = running.abort_handle();
        tasks.insert(id, Task { outcome, running });
        Ok(id)
    }

    fn task(&self, id: u64) -> Result<Task, TaskError> {
        self.check_process()?;
        let tasks = lock(&self.tasks);
        tasks.get(&id).cloned().ok_or(TaskError::Unknown(id))
    }
}
// ANCHOR_END: spawn

// ANCHOR: tasks
pub fn spawn_task(runtime: &RuntimeHandle, url: &str) -> Result<u64, TaskError> {
    runtime.spawn(fetch::fetch_data(url.to_owned()))
}

pub fn poll_task(runtime: &RuntimeHandle, task: u64) -> Result<bool, TaskError> {
    Ok(runtime.task(task)?.outcome.has_ended())
}

pub fn wait_task(runtime: &RuntimeHandle, task: u64) -> TaskResult {
    let result = runtime.task(task)?.outcome.take(task)?;
    lock(&runtime.tasks).remove(&task);
    result
}
// ANCHOR_END: tasks

// ANCHOR: callback
pub fn register_callback(
    runtime: &RuntimeHandle,
    task: u64,
    callback: UniquePtr<TaskCallback>,
) -> Result<(), TaskError> {
    runtime.task(task)?.outcome.add_callback(callback);
    Ok(())
}
// ANCHOR_END: callback

// ANCHOR: send
// SAFETY: any thread may fire a callback, or destroy it, as executor.h says.
unsafe impl Send for ffi::TaskCallback {}

// C++ uses a handle on any thread, and cxx does not check that it may.
pub const fn assert_send_sync<T: Send + Sync>() {}
const _: () = assert_send_sync::<RuntimeHandle>();
// ANCHOR_END: send

// ANCHOR: cancel
pub fn cancel_task(runtime: &RuntimeHandle, task: u64) -> Result<(), TaskError> {
    runtime.task(task)?.running.abort();
    Ok(())
}

pub fn forget_task(runtime: &RuntimeHandle, task: u64) -> Result<(), TaskError> {
    runtime.check_process()?;
    let forgotten = lock(&runtime.tasks).remove(&task);
    forgotten.ok_or(TaskError::Unknown(task))?.running.abort();
    Ok(())
}
// ANCHOR_END: cancel

// ANCHOR: shutdown
/// For those who wait while the process exits.
const LIMIT: Duration = Duration::from_secs(1);

pub fn shutdown(runtime: &RuntimeHandle) {
    if runtime.check_process().is_err() {
        return;
    }
    let Some(runtime) = lock(&runtime.runtime).take() else {
        return;
    };
    match Handle::try_current() {
        // This is a thread of a runtime, which must not block: dropping the runtime here would panic.
        Ok(_) => runtime.shutdown_background(),
        Err(error) if error.is_missing_context() => drop(runtime),
        // It exits, and does not know any more whether it is one.
        Err(_) => runtime.shutdown_timeout(LIMIT),
    }
}

impl Drop for RuntimeHandle {
    /// Like `shutdown`, but waits one second at most for a task that does not end.
    fn drop(&mut self) {
        let forked = self.check_process().is_err();
        let runtime = self
            .runtime
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        match runtime.take() {
            None => (),
            Some(runtime) if forked => mem::forget(runtime),
            Some(runtime) if Handle::try_current().is_ok() => runtime.shutdown_background(),
            Some(runtime) => runtime.shutdown_timeout(LIMIT),
        }
    }
}
// ANCHOR_END: shutdown

// ANCHOR: fork
impl RuntimeHandle {
    /// Called before any lock is taken: in a forked child, a lock may stay taken for ever.
    fn check_process(&self) -> Result<(), TaskError> {
        match self.process == process::id() {
            true => Ok(()),
            false => Err(TaskError::Forked),
        }
    }
}
// ANCHOR_END: fork

// ANCHOR: bridge
#[cxx::bridge(namespace = "executor")]
mod ffi {
    extern "Rust" {
        type RuntimeHandle;

        /// A runtime for at most `limit` tasks whose results have not been taken.
        fn create_runtime(limit: usize) -> Result<Box<RuntimeHandle>>;

        /// Starts to fetch a `file://` or `tcp://` URL, and returns the id of the task.
        fn spawn_task(runtime: &RuntimeHandle, url: &str) -> Result<u64>;

        /// Has the callback fired when the task has ended, or now when it has.
        fn register_callback(
            runtime: &RuntimeHandle,
            task: u64,
            callback: UniquePtr<TaskCallback>,
        ) -> Result<()>;

        /// Whether the task has ended.
        fn poll_task(runtime: &RuntimeHandle, task: u64) -> Result<bool>;

        /// Blocks until the task has ended, and takes its result: after that there is no such task.
        fn wait_task(runtime: &RuntimeHandle, task: u64) -> Result<Vec<u8>>;

        /// Stops the task where it awaits. Its result is then an error, to be taken like any other.
        fn cancel_task(runtime: &RuntimeHandle, task: u64) -> Result<()>;

        /// Stops the task, for those who do not want its result either.
        fn forget_task(runtime: &RuntimeHandle, task: u64) -> Result<()>;

        /// Stops all tasks, and returns when they and their threads have ended. On a thread of a
        /// runtime it cannot wait for that, and returns at once.
        fn shutdown(runtime: &RuntimeHandle);
    }

    unsafe extern "C++" {
        include!("executor.h");

        type TaskCallback;
        type EventLoop;

        fn fire(callback: UniquePtr<TaskCallback>);
        fn start_event_loop() -> Result<UniquePtr<EventLoop>>;
        fn outcome(runtime: &RuntimeHandle, task: u64) -> String;
        fn when_ended(
            events: &EventLoop,
            runtime: Box<RuntimeHandle>,
            tasks: &[u64],
            call: fn(runtime: &RuntimeHandle, task: u64),
        ) -> Result<()>;
    }
}
// ANCHOR_END: bridge
