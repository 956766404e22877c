//! A `Future`: its state, and what is done to it.

use crate::base::ObjectId;
use crate::base::ThreadId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::value::Value;
use std::sync::Arc;

/// A future's state.
#[derive(Clone, Debug)]
pub struct Future {
    /// How far it is.
    pub state: State,
    /// The pool that one of its tasks is in.
    pub pool: Option<ObjectId>,
    /// The call that it stands for, as it is shown; empty for one that the program made itself.
    pub task: Arc<str>,
    /// The thread that said that it runs.
    pub runner: Option<ThreadId>,
    /// What is called when it is done, in this order.
    pub callbacks: Vec<Value>,
    /// How many futures of the program were done before it.
    pub place: u64,
}

encoded!(struct Future { state, pool, task, runner, callbacks, place });

impl Future {
    /// A future that was not begun.
    pub fn new() -> Self {
        Future { state: State::Pending, pool: None, task: "".into(), runner: None, callbacks: Vec::new(), place: 0 }
    }

    /// The values in it.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let value = match &self.state {
            State::Returned(value) | State::Raised(value) => Some(value),
            State::Pending | State::Running | State::Cancelled | State::Notified => None,
        };
        value.into_iter().chain(&self.callbacks)
    }

    /// Whether it was not begun.
    pub fn is_pending(&self) -> bool {
        matches!(self.state, State::Pending)
    }

    /// Whether it is done for good.
    pub fn is_done(&self) -> bool {
        !matches!(self.state, State::Pending | State::Running)
    }

    /// Whether it counts as done for threads that wait for several futures.
    pub fn is_settled(&self) -> bool {
        self.is_done() && !matches!(self.state, State::Cancelled)
    }
}

impl Default for Future {
    fn default() -> Self {
        Future::new()
    }
}

/// How far a future is.
#[derive(Clone, Debug)]
pub enum State {
    /// Not begun.
    Pending,
    /// A thread makes its result.
    Running,
    /// It was cancelled.
    Cancelled,
    /// It was cancelled, and the worker that should have begun it knows: only now does it count as done for threads
    /// that wait for several futures.
    Notified,
    /// It has a result.
    Returned(Value),
    /// It has an exception.
    Raised(Value),
}

encoded!(
    enum State {
        Pending,
        Running,
        Cancelled,
        Notified,
        Returned(value),
        Raised(exception),
    }
);

impl State {
    /// The word for it in messages about states.
    pub fn name(&self) -> &'static str {
        match self {
            State::Pending => "PENDING",
            State::Running => "RUNNING",
            State::Cancelled => "CANCELLED",
            State::Notified => "CANCELLED_AND_NOTIFIED",
            State::Returned(_) | State::Raised(_) => "FINISHED",
        }
    }
}

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Waits for its result.
    Result(Limit),
    /// Waits for its exception.
    Exception(Limit),
    /// Asks something.
    Ask(Question),
    /// Cancels it, unless it was begun.
    Cancel,
    /// Adds a callback for when it is done.
    AddCallback(Value),
    /// Begins it, unless it was cancelled.
    Begin,
    /// Gives it its result.
    SetResult(Value),
    /// Gives it its exception.
    SetException(Value),
}

encoded!(
    enum Action {
        Result(limit),
        Exception(limit),
        Ask(question),
        Cancel,
        AddCallback(callback),
        Begin,
        SetResult(value),
        SetException(exception),
    }
);

/// What may be asked of a future.
#[derive(Clone, Copy, Debug)]
pub enum Question {
    /// Whether it is done, or cancelled.
    Done,
    /// Whether it runs.
    Running,
    /// Whether it was cancelled.
    Cancelled,
}

encoded!(kind Question);
