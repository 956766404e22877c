//! The values of variables at one moment: plain data, to be shown.

use super::{Place, Shown};
use crate::base::ObjectId;
use std::sync::Arc;

/// What a program's variables hold, as one of its threads sees them.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Variables {
    /// How many operations had been performed by then.
    pub step: u64,
    /// The function calls that the thread is in, the innermost first; none before it begins and when it is over.
    /// `None`: it computes at this moment, and nothing else can look at what it is changing.
    pub frames: Option<Vec<Scope>>,
    /// How many outer calls were left out.
    pub deeper: usize,
    /// The program's global variables that are data, and the variables of its module that functions cannot reach.
    pub globals: Vec<Variable>,
    /// The objects that variables lead to, the nearest first.
    pub objects: Vec<Content>,
}

/// The variables of one function call.
#[derive(Clone, PartialEq, Debug)]
pub struct Scope {
    /// The function's name, with the class's in front.
    pub function: Arc<str>,
    /// The line where the call stands.
    pub line: u32,
    /// Its parameters and local variables, and those that it shares with other functions.
    pub variables: Vec<Variable>,
}

/// A variable, or a place in an object.
#[derive(Clone, PartialEq, Debug)]
pub struct Variable {
    /// Its name: `total`; in an object `balance`, `[0]`, `['key']`.
    pub name: Arc<str>,
    /// Its value.
    pub value: Shown,
    /// The value's type.
    pub kind: Arc<str>,
    /// The instance that it is, if it is one.
    pub object: Option<ObjectId>,
    /// The place that events give for a write to it; `None`: no other thread can reach it, so there are no events.
    pub place: Option<Place>,
}

/// What is in an object, one level deep.
#[derive(Clone, PartialEq, Debug)]
pub struct Content {
    /// The object.
    pub object: ObjectId,
    /// How variables lead to it: `account`, `bank.accounts`, `accounts[0]`.
    pub name: Arc<str>,
    /// Its type.
    pub kind: Arc<str>,
    /// Its attributes or items, the first of them.
    pub items: Vec<Variable>,
    /// How many there are beside those.
    pub more: usize,
}
