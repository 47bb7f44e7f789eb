// ANCHOR: outcome
use crate::ffi::{TaskCallback, fire};
use cxx::UniquePtr;
use std::any::Any;
use std::fmt;
use std::mem;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

pub type TaskResult = Result<Vec<u8>, TaskError>;

/// A task as the runtime's handle knows it.
#[derive(Clone)]
pub struct Task {
    pub outcome: Arc<Outcome>,
    pub running: AbortHandle,
}

/// What came out of a task: its future brings it, and whoever waits takes it.
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

    pub fn tell(&self, callback: UniquePtr<TaskCallback>) {
        if let State::Running(callbacks) = &mut *lock(&self.state) {
            return callbacks.push(callback);
        }
        fire(callback);
    }

    /// Blocks until there is a result. The outer error says that it could not be taken.
    pub fn take(&self, id: u64) -> Result<TaskResult, TaskError> {
        let mut state = lock(&self.state);
        while let State::Running(_) = *state {
            if Handle::try_current().is_ok() {
                return Err(TaskError::WouldBlock);
            }
            state = self
                .ended
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
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

/// Goes with a task's future, and is dropped with it: so each task ends once, also one that is
/// cancelled, or that a shutdown drops before it has run at all.
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

/// A lock that no panic takes away: in a function that C++ calls, a panic ends the process.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
// ANCHOR_END: outcome

// ANCHOR: error
/// Why there is no result, or no task. What `Display` writes is what C++ catches.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskError {
    /// The task's own error, in its words.
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
            Self::Failed(words) => f.write_str(words),
            Self::Panicked(words) => write!(f, "panicked: {words}"),
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
    /// With the words of the panic: `panic!` gives a `&str` without arguments, a `String` with some.
    pub fn panicked(panic: &(dyn Any + Send)) -> Self {
        let words = panic.downcast_ref::<&str>().map(|words| words.to_string());
        Self::Panicked(words.unwrap_or_else(|| {
            let words = panic.downcast_ref::<String>();
            words.cloned().unwrap_or_default()
        }))
    }
}
// ANCHOR_END: error
