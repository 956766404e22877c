//! Which reads a program's writes depend on: whether `total = seen + 1` depends on where `seen = total` was read.
//!
//! A write *depends* on a read of the same name (or, for items, of any item) when the value that is written is made
//! from what was read, or when what was read decided that it is written: `if total is None: total = 1`. Values are
//! followed through the evaluation stack, locals and cells, into functions of the program and out of them again, by the
//! functions' names. The answer comes from the text, and is the same for all runs; others find out which read it was in
//! a run. So it can say too much (two calls of a function are not told apart), and it says too little if a value goes
//! through an object.
//!
//! Reads and writes are identified by their lines, as events are. Nothing is computed before it is asked for, and then
//! only for one name.

mod control;
mod taint;
mod walk;

use super::{Code, CodeId, CodeKind, Program};
use crate::base::{Flow, Link, Symbol};
use control::Control;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use taint::{Lines, Taint};

/// Longer codes are not looked into, in instructions.
const LONGEST: usize = 20_000;
/// After so many looks into codes for one name the answer is what is known by then.
const LOOKS: usize = 20_000;

/// What is read and written: a variable or an attribute of that name, or an item of a container.
type Named = Option<Symbol>;

/// The writes of a program, and what they depend on.
#[derive(Debug)]
pub struct Dependence {
    program: Arc<Program>,
    shape: OnceLock<Shape>,
    known: Mutex<BTreeMap<Named, Arc<Writes>>>,
}

/// What is the same whatever is asked for.
#[derive(Debug)]
struct Shape {
    /// The program's functions, by name.
    functions: BTreeMap<Symbol, Vec<CodeId>>,
    /// What `__getitem__` and `__setitem__` are, if the program has such.
    load_item: Option<Symbol>,
    store_item: Option<Symbol>,
    /// For each code of the scenario's that is looked into.
    control: BTreeMap<CodeId, Control>,
}

/// For each line that writes: what is written.
type Writes = BTreeMap<u32, Taint>;

impl Dependence {
    /// That of `program`.
    pub fn new(program: Arc<Program>) -> Dependence {
        Dependence { program, shape: OnceLock::new(), known: Mutex::default() }
    }

    fn writes(&self, what: Named) -> Arc<Writes> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let writes = known.entry(what).or_insert_with(|| {
            let shape = self.shape.get_or_init(|| Shape::of(&self.program));
            Arc::new(Search::new(&self.program, shape, what).run())
        });
        Arc::clone(writes)
    }
}

impl Flow for Dependence {
    fn link(&self, name: Option<Symbol>, read: u32, write: u32) -> Option<Link> {
        // Code goes by the names that variables have in it, which are those of attributes of the module, too.
        let writes = self.writes(name.map(|shown| self.program.plain(shown)));
        let taint = writes.get(&write)?;
        if taint.value.contains(read) {
            return Some(Link::Value);
        }
        taint.choice.contains(read).then_some(Link::Choice { made: taint.made })
    }
}

impl Shape {
    fn of(program: &Program) -> Shape {
        let codes = || (0..).map(CodeId).zip(&program.codes).filter(|(_, code)| is_followed(code));
        let mut functions: BTreeMap<Symbol, Vec<CodeId>> = BTreeMap::new();
        for (id, code) in codes().filter(|(_, code)| matches!(code.kind, CodeKind::Function | CodeKind::Generator)) {
            functions.entry(code.name).or_default().push(id);
        }
        let named = |name: &str| functions.keys().copied().find(|symbol| **program.name(*symbol) == *name);
        let (load_item, store_item) = (named("__getitem__"), named("__setitem__"));
        Shape { functions, load_item, store_item, control: codes().map(|(id, code)| (id, Control::of(code))).collect() }
    }
}

fn is_followed(code: &Code) -> bool {
    !code.is_hidden() && code.instructions.len() <= LONGEST
}

/// What is known of a code, for one name, so far.
#[derive(Clone, Debug, Default)]
struct Facts {
    /// What its locals hold when it is called.
    given: BTreeMap<usize, Taint>,
    /// What was read that decided that it is called.
    under: Lines,
    /// What it returns.
    gives: Taint,
}

/// Looks for the writes of one name.
struct Search<'p> {
    program: &'p Program,
    shape: &'p Shape,
    what: Named,
    facts: BTreeMap<CodeId, Facts>,
    /// Codes to be looked into, because what is known of them, or of what they call, has become more.
    ahead: BTreeSet<CodeId>,
    /// Which code calls which.
    callers: BTreeMap<CodeId, BTreeSet<CodeId>>,
    writes: Writes,
}

impl<'p> Search<'p> {
    fn new(program: &'p Program, shape: &'p Shape, what: Named) -> Search<'p> {
        let ahead = shape.control.keys().copied().collect();
        let (facts, callers, writes) = (BTreeMap::new(), BTreeMap::new(), Writes::new());
        Search { program, shape, what, facts, ahead, callers, writes }
    }

    fn run(mut self) -> Writes {
        for _ in 0..LOOKS {
            let Some(id) = self.ahead.pop_first() else { break };
            if let Some(control) = self.shape.control.get(&id) {
                walk::look_into(&mut self, id, control);
            }
        }
        self.writes
    }

    /// The functions that a call of this name may mean.
    fn called(&self, name: Symbol) -> &'p [CodeId] {
        self.shape.functions.get(&name).map_or(&[], |codes| codes)
    }

    /// `caller` calls `callee`, with that in its locals, because of what was read there; what it may give.
    fn call(&mut self, caller: CodeId, callee: CodeId, given: &[(usize, Taint)], under: &Lines) -> Taint {
        self.callers.entry(callee).or_default().insert(caller);
        let facts = self.facts.entry(callee).or_default();
        let mut more = facts.under.add(under);
        for (slot, taint) in given {
            more |= facts.given.entry(*slot).or_default().add(taint);
        }
        let gives = facts.gives.clone();
        if more {
            self.ahead.insert(callee);
        }
        gives
    }

    /// The code returns that too.
    fn gives(&mut self, id: CodeId, taint: &Taint) {
        if self.facts.entry(id).or_default().gives.add(taint) {
            self.ahead.extend(self.callers.get(&id).into_iter().flatten());
        }
    }
}
