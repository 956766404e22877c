//! One code, looked into: what is on its stack and in its variables, and what it writes.
//!
//! Blocks of instructions are walked until nothing more becomes known, first with what was read deciding nothing, and then
//! again as long as that says more.

use super::control::Control;
use super::taint::{Lines, Taint};
use super::{Named, Search};
use crate::base::Symbol;
use crate::bytecode::{Code, CodeId, Comparison, Instruction};
use std::collections::{BTreeMap, BTreeSet};

/// What is in locals, cells and on the stack, in this order.
type State = Vec<Taint>;

/// What is read and written where it is an item.
const ITEM: Named = None;
/// Methods that read one item, by name.
const ITEM_READERS: [&str; 3] = ["get", "__getitem__", "__contains__"];

struct Walk<'s, 'p> {
    search: &'s mut Search<'p>,
    id: CodeId,
    code: &'p Code,
    control: &'p Control,
    /// What is there before an instruction that jumps or handlers lead to.
    entries: BTreeMap<u32, State>,
    ahead: BTreeSet<u32>,
    /// What each branch looks at.
    looked_at: BTreeMap<u32, Lines>,
    /// What was read that decided that an instruction runs.
    under: Vec<Lines>,
}

/// Takes in everything that `id` does.
pub(super) fn look_into<'p>(search: &mut Search<'p>, id: CodeId, control: &'p Control) {
    let code = search.program.code(id);
    let facts = search.facts.entry(id).or_default().clone();
    let variables = code.locals.len() + code.cells.len();
    let mut first = vec![Taint::default(); variables];
    for (slot, taint) in &facts.given {
        if let Some(local) = first.get_mut(*slot) {
            local.add(taint);
        }
    }
    for &(slot, cell) in &code.cell_parameters {
        first[code.locals.len() + usize::from(cell)] = first[usize::from(slot)].clone();
    }
    let under = vec![facts.under; code.instructions.len()];
    let (looked_at, entries) = (BTreeMap::new(), BTreeMap::from([(0, first)]));
    let mut walk = Walk { search, id, code, control, entries, ahead: BTreeSet::new(), looked_at, under };
    loop {
        walk.ahead = walk.entries.keys().copied().collect();
        while let Some(at) = walk.ahead.pop_first() {
            walk.block(at);
        }
        if !walk.decide() {
            return;
        }
    }
}

impl Walk<'_, '_> {
    /// Walks from `at` to where the thread goes on elsewhere.
    fn block(&mut self, mut at: u32) {
        let Some(mut state) = self.entries.get(&at).cloned() else { return };
        while let Some(&instruction) = self.code.instructions.get(at as usize) {
            self.may_raise(at, &state);
            if let Some(target) = instruction.target() {
                self.jump(at, instruction, target, state);
                return;
            }
            self.step(at, instruction, &mut state);
            if instruction.diverts() {
                return;
            }
            at += 1;
            if self.entries.contains_key(&at) {
                self.reach(at, &state);
                return;
            }
        }
    }

    /// A thread may come there with that.
    fn reach(&mut self, at: u32, state: &[Taint]) {
        let more = match self.entries.get_mut(&at) {
            Some(known) => known.iter_mut().zip(state).fold(false, |more, (known, new)| known.or(new) | more),
            None => {
                self.entries.insert(at, state.to_vec());
                true
            }
        };
        if more {
            self.ahead.insert(at);
        }
    }

    /// If the instruction raises, its handler finds the variables, and what is left of the stack.
    fn may_raise(&mut self, at: u32, state: &State) {
        let Some(handler) = self.control.covered[at as usize].map(|index| self.code.handlers[index]) else { return };
        let kept = self.code.locals.len() + self.code.cells.len() + usize::from(handler.stack);
        self.reach(handler.target, &state[..kept.min(state.len())]);
    }

    fn jump(&mut self, at: u32, instruction: Instruction, target: u32, mut state: State) {
        let top = state.last().cloned().unwrap_or_default();
        if instruction != Instruction::Jump(target) {
            self.looked_at.entry(at).or_default().add(&top.all());
        }
        let mut taken = state.clone();
        let (on_taken, on_passed) = instruction.jump_effects();
        for (effect, state) in [(on_taken, &mut taken), (on_passed, &mut state)] {
            if effect < 0 {
                state.pop();
            } else if effect > 0 {
                state.push(Taint { callee: None, ..top.clone() });
            }
        }
        self.reach(target, &taken);
        if !instruction.diverts() {
            self.reach(at + 1, &state);
        }
    }

    /// What an instruction that is no jump does to the state.
    fn step(&mut self, at: u32, instruction: Instruction, state: &mut State) {
        use Instruction as I;
        let cells = self.code.locals.len();
        let depth = state.len();
        match instruction {
            I::LoadLocal(slot) => {
                let name = self.code.locals[usize::from(slot)];
                state.push(self.variable(at, &state[usize::from(slot)], name));
            }
            I::StoreLocal(slot) => self.keep(at, usize::from(slot), state),
            I::LoadCell(cell) => {
                let name = self.code.cells[usize::from(cell)];
                let mut value = self.variable(at, &state[cells + usize::from(cell)], name);
                value.value.add(&self.read(Some(name), at));
                state.push(value);
            }
            I::StoreCell(cell) => {
                self.write(Some(self.code.cells[usize::from(cell)]), at, state.last());
                self.keep(at, cells + usize::from(cell), state);
            }
            I::LoadGlobal(global) | I::LoadClassName(_, global) => {
                let name = self.search.program.globals[global.0 as usize].name;
                let value = self.read(Some(name), at);
                state.push(Taint { value, callee: Some(name), ..self.here(at) });
            }
            I::StoreGlobal(global) => {
                self.write(Some(self.search.program.globals[global.0 as usize].name), at, state.last());
                state.pop();
            }
            I::Duplicate => state.extend_from_within(depth - 1..),
            I::DuplicatePair => state.extend_from_within(depth - 2..),
            I::Swap => state.swap(depth - 1, depth - 2),
            I::Rotate3 => state[depth - 3..].rotate_right(1),
            I::Rotate4 => state[depth - 4..].rotate_right(1),
            I::ListAppend(below) | I::SetAdd(below) => self.collect(1, usize::from(below), state),
            I::DictInsert(below) => self.collect(2, usize::from(below), state),
            I::Return | I::Yield => {
                if let Some(value) = state.last() {
                    self.search.gives(self.id, value);
                }
                state.truncate(depth - usize::from(instruction == I::Return));
            }
            _ => self.on_objects(at, instruction, state),
        }
    }

    /// Attributes, items and calls; everything else gives what it takes.
    fn on_objects(&mut self, at: u32, instruction: Instruction, state: &mut State) {
        use Instruction as I;
        let depth = state.len();
        match instruction {
            I::LoadAttribute(name) => {
                let mut value = self.call(at, name, &state[depth - 1..]);
                value.value.add(&self.read(Some(name), at));
                self.replace(at, 1, Taint { callee: Some(name), ..value }, state);
            }
            I::LoadMethod(name, _) => {
                let value = self.read(Some(name), at);
                state[depth - 2] = Taint { value, callee: Some(name), ..Taint::default() };
            }
            I::StoreAttribute(name) => {
                self.write(Some(name), at, state.get(depth - 2));
                self.call(at, name, &[state[depth - 1].clone(), state[depth - 2].clone()]);
                state.truncate(depth - 2);
            }
            I::LoadItem | I::Compare(Comparison::In | Comparison::NotIn) => {
                let mut value = self.special(at, self.search.shape.load_item, &state[depth - 2..]);
                value.value.add(&self.read(ITEM, at));
                self.replace(at, 2, value, state);
            }
            I::StoreItem => {
                self.write(ITEM, at, state.get(depth - 3));
                let given = [state[depth - 2].clone(), state[depth - 1].clone(), state[depth - 3].clone()];
                self.special(at, self.search.shape.store_item, &given);
                state.truncate(depth - 3);
            }
            I::DeleteItem => {
                self.write(ITEM, at, None);
                state.truncate(depth - 2);
            }
            I::Call(count) => self.call_with(at, count as usize, 1, &[], state),
            I::CallMethod(count) => self.call_with(at, usize::from(count), 2, &[], state),
            I::CallKeywords(site) => {
                let site = &self.code.call_sites[site as usize];
                let count = usize::from(site.positional) + site.keywords.len();
                self.call_with(at, count, 1 + usize::from(site.method), &site.keywords, state);
            }
            I::BuildList(_) | I::BuildDict(_) | I::BuildSet(_) | I::MakeFunction(_) | I::CallSpread => {
                let (takes, _) = self.search.program.stack_effect(self.code, instruction);
                self.replace(at, takes as usize, Taint { made: true, ..Taint::default() }, state);
            }
            _ => {
                let (takes, gives) = self.search.program.stack_effect(self.code, instruction);
                let (count, gives) = (takes as usize, gives as usize);
                if gives == 0 {
                    state.truncate(depth - count.min(depth));
                } else {
                    let made = state[depth - count.min(depth)..].iter().any(|part| part.made);
                    self.replace(at, count, Taint { made, ..Taint::default() }, state);
                    let value = state.last().cloned().unwrap_or_default();
                    state.resize(depth - count.min(depth) + gives, value);
                }
            }
        }
    }

    /// The last `count` values become one, which comes from all of them, and from `more`.
    fn replace(&self, at: u32, count: usize, more: Taint, state: &mut State) {
        let mut value = more;
        value.choice.add(&self.under[at as usize]);
        for part in state.split_off(state.len().saturating_sub(count)) {
            value.value.add(&part.value);
            value.choice.add(&part.choice);
        }
        state.push(value);
    }

    /// The top of the stack goes into a variable.
    fn keep(&self, at: u32, variable: usize, state: &mut State) {
        let Some(mut value) = state.pop() else { return };
        value.choice.add(&self.under[at as usize]);
        state[variable] = value;
    }

    /// The last `count` values go into a container that lies so many values below them.
    fn collect(&self, count: usize, below: usize, state: &mut State) {
        let added = state.split_off(state.len().saturating_sub(count));
        let place = state.len().saturating_sub(below);
        if let Some(container) = state.get_mut(place) {
            for part in &added {
                container.add(part);
            }
        }
    }

    /// A value for which only that was read which decided that the thread is here.
    fn here(&self, at: u32) -> Taint {
        Taint { choice: self.under[at as usize].clone(), ..Taint::default() }
    }

    /// A variable's value, which may be a function of that name.
    fn variable(&self, at: u32, value: &Taint, name: Symbol) -> Taint {
        let mut value = Taint { callee: Some(value.callee.unwrap_or(name)), ..value.clone() };
        value.choice.add(&self.under[at as usize]);
        value
    }

    /// The line of a read, if that is what is looked for.
    fn read(&self, what: Named, at: u32) -> Lines {
        if self.is_sought(what) { Lines::one(self.code.line_of(at)) } else { Lines::default() }
    }

    /// Whether that is looked for. A shared value of `multiprocessing` is a container of one item, which is called `value`.
    fn is_sought(&self, what: Named) -> bool {
        let is_value = || what.is_some_and(|name| &**self.search.program.name(name) == "value");
        what == self.search.what || self.search.what == ITEM && is_value()
    }

    /// A write, if that is what is looked for.
    fn write(&mut self, what: Named, at: u32, value: Option<&Taint>) {
        if self.is_sought(what) {
            let written = self.search.writes.entry(self.code.line_of(at)).or_default();
            written.choice.add(&self.under[at as usize]);
            if let Some(value) = value {
                written.add(value);
            }
        }
    }

    /// A call of `count` values, the last ones of them by keyword; `callee` more lie below them, one of which is called.
    fn call_with(&mut self, at: u32, count: usize, callee: usize, keywords: &[Symbol], state: &mut State) {
        let base = state.len().saturating_sub(count + callee);
        let name = state[base].callee;
        let arguments = &state[base + callee - 1..];
        let mut value = Taint { made: true, ..Taint::default() };
        if let Some(name) = name {
            let given: Vec<Taint> = arguments[1..].to_vec();
            let receiver = (callee == 2).then(|| arguments[0].clone());
            let functions = self.search.called(name);
            for &function in functions {
                value.add(&self.enter(at, function, receiver.as_ref(), &given, keywords));
            }
            if callee == 2 && ITEM_READERS.contains(&&**self.search.program.name(name)) {
                value.value.add(&self.read(ITEM, at));
                value.made = false;
            }
        }
        self.replace(at, count + callee, value, state);
    }

    /// The call of one function: its parameters get the values.
    fn enter(
        &mut self,
        at: u32,
        function: CodeId,
        receiver: Option<&Taint>,
        given: &[Taint],
        keywords: &[Symbol],
    ) -> Taint {
        let code = self.search.program.code(function);
        let by_place = given.len() - keywords.len();
        // A static method takes no more than what is given.
        let bound = receiver.filter(|_| usize::from(code.parameters.positional) != given.len());
        let first = usize::from(bound.is_some());
        let mut slots: Vec<(usize, Taint)> = bound.into_iter().map(|value| (0, value.clone())).collect();
        slots.extend((first..).zip(given[..by_place].iter().cloned()));
        for (keyword, value) in keywords.iter().zip(&given[by_place..]) {
            slots.extend(code.locals.iter().position(|local| local == keyword).map(|slot| (slot, value.clone())));
        }
        let under = self.under[at as usize].clone();
        self.search.call(self.id, function, &slots, &under)
    }

    /// What a property of that name, or a method that an instruction calls, may give for these values.
    fn call(&mut self, at: u32, name: Symbol, given: &[Taint]) -> Taint {
        let mut value = Taint::default();
        for &function in self.search.called(name) {
            if usize::from(self.search.program.code(function).parameters.positional) == given.len() {
                let slots: Vec<_> = (0..).zip(given.iter().cloned()).collect();
                let under = self.under[at as usize].clone();
                value.add(&self.search.call(self.id, function, &slots, &under));
            }
        }
        value
    }

    fn special(&mut self, at: u32, name: Option<Symbol>, given: &[Taint]) -> Taint {
        name.map_or_else(Taint::default, |name| self.call(at, name, given))
    }

    /// Works out what decides what, by what the branches look at; whether that is more than before.
    fn decide(&mut self) -> bool {
        let mut changed = false;
        loop {
            let mut more = false;
            for at in 0..self.code.instructions.len() {
                let mut under = Lines::default();
                for branch in &self.control.deciders[at] {
                    under.add(&self.under[*branch as usize]);
                    if let Some(looked_at) = self.looked_at.get(branch) {
                        under.add(looked_at);
                    }
                }
                more |= self.under[at].add(&under);
            }
            for handler in &self.code.handlers {
                more |= self.decide_handler(handler.start, handler.end, handler.target);
            }
            changed |= more;
            if !more {
                return changed;
            }
        }
    }

    /// What only a handler leads to runs because of what was read under it, or raised.
    fn decide_handler(&mut self, start: u32, end: u32, target: u32) -> bool {
        let mut raised = self.under[start as usize].clone();
        for at in start..end {
            match self.code.instructions[at as usize] {
                Instruction::LoadItem => drop(raised.add(&self.read(ITEM, at))),
                Instruction::LoadAttribute(name) => drop(raised.add(&self.read(Some(name), at))),
                Instruction::Raise | Instruction::RaiseFrom | Instruction::AssertFailed => {
                    let under = self.under[at as usize].clone();
                    raised.add(&under);
                }
                _ => {}
            }
        }
        let mut more = false;
        let mut at = target as usize;
        // A handler's code lies in one piece; what follows it can be reached without it.
        while self.control.exceptional.get(at) == Some(&true) {
            more |= self.under[at].add(&raised);
            at += 1;
        }
        more
    }
}
