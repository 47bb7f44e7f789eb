// ANCHOR: error
use crate::LIMIT;
use crate::ffi::{TaskCallback, fire};
use cxx::UniquePtr;
use std::any::Any;
use std::fmt;
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

pub type TaskResult = Result<Vec<u8>, TaskError>;

/// Why there is no result, or no task. C++ catches what `Display` writes.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskError {
    /// The message of the task's own error.
    Failed(String),
    Panicked(String),
    Cancelled,
    Unknown(u64),
    Full(usize),
    ShutDown,
    WouldBlock,
    Forked,
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(message) => f.write_str(message),
            Self::Panicked(message) => write!(f, "panicked: {message}"),
            Self::Cancelled => f.write_str("the task was cancelled"),
            Self::Unknown(id) => write!(f, "there is no task {id}, or its result has been taken"),
            Self::Full(limit) => write!(f, "{limit} tasks run, or have results to be taken"),
            Self::ShutDown => f.write_str("the runtime has been shut down"),
            Self::Forked => f.write_str("the runtime belongs to the process that forked this one"),
            Self::WouldBlock => f.write_str("waiting here would block a thread of a runtime"),
        }
    }
}

impl std::error::Error for TaskError {}

impl TaskError {
    /// With the message of the panic: a `&str` when `panic!` has no arguments, else a `String`.
    pub fn panicked(panic: &(dyn Any + Send)) -> Self {
        let message = panic
            .downcast_ref::<&str>()
            .map(|message| message.to_string());
        Self::Panicked(message.unwrap_or_else(|| {
            let message = panic.downcast_ref::<String>();
            message.cloned().unwrap_or_default()
        }))
    }
}
// ANCHOR_END: error

// ANCHOR: outcome
/// A task as the runtime's handle knows it.
#[derive(Clone)]
pub struct Task {
    pub outcome: Arc<Outcome>,
    pub running: AbortHandle,
}

/// The outcome of a task: its future sets it, and one caller takes it.
#[derive(Default)]
pub struct Outcome {
    state: Mutex<State>,
    ended: Condvar,
}

enum State {
    Running(Vec<UniquePtr<TaskCallback>>),
    Ended(TaskResult),
    Taken,
}

impl Default for State {
    fn default() -> Self {
        State::Running(vec![])
    }
}

impl Outcome {
    pub fn has_ended(&self) -> bool {
        !matches!(*lock(&self.state), State::Running(_))
    }

    /// Fires the callback when the task has ended, or now when it has.
    pub fn add_callback(&self, callback: UniquePtr<TaskCallback>) {
        if let State::Running(callbacks) = &mut *lock(&self.state) {
            return callbacks.push(callback);
        }
        fire(callback);
    }

    /// Blocks until there is a result. The outer error says that it could not be taken.
    pub fn take(&self, id: u64) -> Result<TaskResult, TaskError> {
        let mut state = lock(&self.state);
        while let State::Running(_) = *state {
            let limit = match Handle::try_current() {
                Ok(_) => return Err(TaskError::WouldBlock),
                Err(error) if error.is_missing_context() => Duration::MAX,
                // A thread that exits does not know any more whether it is one of a runtime.
                Err(_) => LIMIT,
            };
            let waited = self.ended.wait_timeout(state, limit);
            let (waited, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
            if timeout.timed_out() {
                return Err(TaskError::WouldBlock);
            }
            state = waited;
        }
        match mem::replace(&mut *state, State::Taken) {
            State::Ended(result) => Ok(result),
            _ => Err(TaskError::Unknown(id)),
        }
    }

    fn end(&self, result: TaskResult) {
        let before = mem::replace(&mut *lock(&self.state), State::Ended(result));
        self.ended.notify_all();
        if let State::Running(callbacks) = before {
            callbacks.into_iter().for_each(fire);
        }
    }
}

/// Belongs to a task's future and is dropped with it. So each task ends once, even when it is cancelled,
/// or when a shutdown drops it before its first poll.
pub struct Completion {
    outcome: Arc<Outcome>,
    result: TaskResult,
}

impl Completion {
    pub fn new() -> (Self, Arc<Outcome>) {
        let outcome = Arc::<Outcome>::default();
        let completion = Completion {
            outcome: Arc::clone(&outcome),
            result: Err(TaskError::Cancelled),
        };
        (completion, outcome)
    }

    pub fn end(mut self, result: TaskResult) {
        self.result = result;
    }
}

impl Drop for Completion {
    fn drop(&mut self) {
        let result = mem::replace(&mut self.result, Err(TaskError::Cancelled));
        self.outcome.end(result);
    }
}

/// Ignores poisoning: in a function that C++ calls, a panic ends the process.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
// ANCHOR_END: outcome
