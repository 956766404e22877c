//! What is done with threads.

use crate::machine::memory::encode::encoded;
use crate::machine::memory::limit::Limit;
use crate::machine::memory::value::Value;
use std::sync::Arc;

/// What is done to a thread, named by its object.
#[derive(Clone, Debug)]
pub enum Action {
    /// `Thread.__init__`
    New(triomphe::Arc<New>),
    /// Starts it.
    Start(Value),
    /// Waits for its end.
    Join(Value, Limit),
    /// Asks whether it is alive.
    Alive(Value),
    /// Gives it another name.
    Rename(Value, Arc<str>),
    /// Makes it a daemon, or not.
    SetDaemon(Value, bool),
    /// Asks for the main thread's object.
    Main,
    /// Asks how many threads are alive.
    Count,
    /// Asks for the objects of all that are alive.
    Enumerate,
    /// Takes one of the numbers that threads without a name are called by.
    Number,
}

encoded!(
    enum Action {
        New(new),
        Start(thread),
        Join(thread, limit),
        Alive(thread),
        Rename(thread, name),
        SetDaemon(thread, daemon),
        Main,
        Count,
        Enumerate,
        Number,
    }
);

/// What `Thread.__init__` is called with.
#[derive(Clone, Debug)]
pub struct New {
    /// The object.
    pub receiver: Value,
    /// What its `run` calls.
    pub target: Value,
    /// Its name, if the program gives one.
    pub name: Option<Arc<str>>,
    /// A tuple or list.
    pub arguments: Value,
    /// A dict, or `None`.
    pub keywords: Value,
    /// Whether it is a daemon; `None`: as its maker is.
    pub daemon: Option<bool>,
}

encoded!(struct New { receiver, target, name, arguments, keywords, daemon });
