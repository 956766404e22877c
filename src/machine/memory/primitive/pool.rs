//! A `ThreadPoolExecutor`: its state, and what is done to it.

use crate::base::ObjectId;
use crate::base::ThreadId;
use crate::machine::memory::encode::encoded;
use crate::machine::memory::native::Invocation;
use crate::machine::memory::value::Value;
use std::collections::VecDeque;
use std::sync::Arc;

/// A pool's state.
#[derive(Clone, Debug)]
pub struct Pool {
    /// How many workers there may be.
    pub limit: u32,
    /// What the workers' names begin with; empty: the pool is given a name when it is made.
    pub prefix: Arc<str>,
    /// What each worker calls first, or `None`.
    pub initializer: Value,
    /// With which arguments.
    pub arguments: Value,
    /// Tasks that no worker has begun, the oldest first.
    pub tasks: VecDeque<Task>,
    /// The workers, in the order they were started.
    pub workers: Vec<Worker>,
    /// How many free workers `submit` can count on, as in CPython: each task that ends adds one, and a `submit` that
    /// takes one starts no new worker.
    pub idle: u32,
    /// It takes no more tasks.
    pub closed: bool,
    /// What it says to those who want to submit, once a worker could not be initialized.
    pub broken: Option<Arc<str>>,
}

encoded!(struct Pool { limit, prefix, initializer, arguments, tasks, workers, idle, closed, broken });

impl Pool {
    /// The values in it.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        let calls = self.tasks.iter().flat_map(|task| {
            let call = &*task.call;
            std::iter::once(&call.callee).chain(&call.arguments).chain(call.keywords.iter().map(|(_, value)| value))
        });
        let workers = self.workers.iter().map(|worker| &worker.object);
        [&self.initializer, &self.arguments].into_iter().chain(workers).chain(calls)
    }

    /// Whether no further worker will be started.
    pub fn is_full(&self) -> bool {
        self.closed || self.workers.len() >= self.limit as usize
    }
}

/// A call that a worker is to make.
#[derive(Clone, Debug)]
pub struct Task {
    /// What stands for it.
    pub future: ObjectId,
    /// The call.
    pub call: triomphe::Arc<Invocation>,
}

encoded!(struct Task { future, call });

/// A worker thread.
#[derive(Clone, Debug)]
pub struct Worker {
    /// The thread.
    pub thread: ThreadId,
    /// Its `Thread` object.
    pub object: Value,
}

encoded!(struct Worker { thread, object });

/// What is done to it.
#[derive(Clone, Debug)]
pub enum Action {
    /// Opens it: it was just made.
    Open,
    /// Puts a task in.
    Submit(Task),
    /// Takes the oldest task, and has it called.
    Next,
    /// Ends a task.
    Finish {
        /// What stands for it.
        future: ObjectId,
        /// Its result, or its exception.
        value: Value,
        /// It is a result.
        well: bool,
    },
    /// Says that the worker is free, once callbacks were called.
    Rest,
    /// Shuts it down, and drops the tasks that were not begun or leaves them in.
    Close(bool),
    /// Breaks it, with what it will say; gives the futures of the tasks that will not be begun.
    Break(Arc<str>),
}

encoded!(enum Action { Open, Submit(task), Next, Finish { future, value, well }, Rest, Close(drop), Break(why) });
