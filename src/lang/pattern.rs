//! `match`: patterns are tested against values in slots without a name, and names are bound when the whole pattern fits.

use super::function::Emitter;
use crate::base::diagnostic::Reason;
use crate::bytecode::builder::Label;
use crate::bytecode::{Comparison, Constant, Instruction};
use indexmap::IndexMap;
use ruff_python_ast::{self as ast, Pattern, Singleton};
use ruff_text_size::Ranged;

/// The names that a pattern captures, and the slots that hold their values until all of it fits.
type Captures<'u> = IndexMap<&'u str, u16>;

impl<'u> Emitter<'u> {
    pub(super) fn match_statement(&mut self, statement: &'u ast::StmtMatch) {
        let first = self.temporary(statement);
        self.expression(&statement.subject);
        self.code.emit(Instruction::StoreLocal(first));
        let end = self.code.label();
        let last = statement.cases.len() - 1;
        for (index, case) in statement.cases.iter().enumerate() {
            if index < last
                && case.guard.is_none()
                && let Some(irrefutable) = case.pattern.irrefutable_pattern()
            {
                let message = match irrefutable.kind {
                    ast::IrrefutablePatternKind::Name(name) => {
                        format!("name capture '{name}' makes remaining patterns unreachable")
                    }
                    ast::IrrefutablePatternKind::Wildcard => "wildcard makes remaining patterns unreachable".to_owned(),
                };
                self.complain(Reason::Syntax, irrefutable.range, message);
            }
            let next = self.code.label();
            self.case(case, first, next);
            self.code.jump(Instruction::Jump, end);
            self.code.place(next);
        }
        self.forget(first);
        self.code.place(end);
    }

    fn case(&mut self, case: &'u ast::MatchCase, subject: u16, next: Label) {
        let line = self.line_of(&case.pattern);
        self.code.line(line);
        let mut captures = Captures::new();
        self.pattern(&case.pattern, subject, next, &mut captures);
        for (name, slot) in captures {
            self.code.emit(Instruction::LoadLocal(slot));
            self.store_name(name);
            if slot != subject {
                self.forget(slot);
            }
        }
        if let Some(guard) = &case.guard {
            self.jump_unless(guard, next);
        }
        self.forget(subject);
        self.statements(&case.body);
    }

    /// Empties a slot, so that it keeps nothing alive.
    fn forget(&mut self, slot: u16) {
        self.code.emit(Instruction::None);
        self.code.emit(Instruction::StoreLocal(slot));
    }

    /// Jumps to `fail` unless the value in `slot` fits.
    fn pattern(&mut self, pattern: &'u Pattern, slot: u16, fail: Label, captures: &mut Captures<'u>) {
        match pattern {
            Pattern::MatchValue(value) => {
                self.code.emit(Instruction::LoadLocal(slot));
                self.expression(&value.value);
                self.code.emit(Instruction::Compare(Comparison::Equal));
                self.code.jump(Instruction::JumpIfFalse, fail);
            }
            Pattern::MatchSingleton(singleton) => {
                self.code.emit(Instruction::LoadLocal(slot));
                match singleton.value {
                    Singleton::None => self.code.emit(Instruction::None),
                    Singleton::True => self.code.constant(Constant::Bool(true)),
                    Singleton::False => self.code.constant(Constant::Bool(false)),
                }
                self.code.emit(Instruction::Compare(Comparison::Is));
                self.code.jump(Instruction::JumpIfFalse, fail);
            }
            Pattern::MatchSequence(sequence) => self.sequence(sequence, slot, fail, captures),
            Pattern::MatchAs(capture) => {
                if let Some(inner) = &capture.pattern {
                    self.pattern(inner, slot, fail, captures);
                }
                if let Some(name) = &capture.name {
                    self.capture(name, slot, captures, pattern);
                }
            }
            Pattern::MatchOr(alternatives) => self.alternatives(alternatives, slot, fail, captures),
            Pattern::MatchMapping(mapping) => self.mapping(mapping, slot, fail, captures),
            Pattern::MatchClass(class) => self.class(class, slot, fail, captures),
            Pattern::MatchStar(_) => {
                self.complain(Reason::Unsupported, pattern, "this pattern is not supported");
            }
        }
    }

    fn capture(&mut self, name: &'u str, slot: u16, captures: &mut Captures<'u>, at: impl Ranged + Copy) {
        if captures.contains_key(name) {
            self.complain(Reason::Syntax, at, format!("multiple assignments to name '{name}' in pattern"));
            return;
        }
        let kept = self.temporary(at);
        self.code.emit(Instruction::LoadLocal(slot));
        self.code.emit(Instruction::StoreLocal(kept));
        captures.insert(name, kept);
    }

    /// `a | b`: every alternative binds the same names, in the same slots.
    fn alternatives(&mut self, node: &'u ast::PatternMatchOr, slot: u16, fail: Label, captures: &mut Captures<'u>) {
        let fits = self.code.label();
        let mut common: Option<Captures<'u>> = None;
        let last = node.patterns.len() - 1;
        for (index, pattern) in node.patterns.iter().enumerate() {
            let next = if index < last { self.code.label() } else { fail };
            let mut own = Captures::new();
            self.pattern(pattern, slot, next, &mut own);
            match &common {
                None => common = Some(own),
                Some(common) => {
                    if common.len() != own.len() || !own.keys().all(|name| common.contains_key(name)) {
                        self.complain(Reason::Syntax, node, "alternative patterns bind different names");
                    }
                    for (name, from) in own {
                        if let Some(&to) = common.get(name) {
                            self.code.emit(Instruction::LoadLocal(from));
                            self.code.emit(Instruction::StoreLocal(to));
                        }
                    }
                }
            }
            if index < last {
                self.code.jump(Instruction::Jump, fits);
                self.code.place(next);
            }
        }
        self.code.place(fits);
        for (name, kept) in common.unwrap_or_default() {
            if captures.insert(name, kept).is_some() {
                self.complain(Reason::Syntax, node, format!("multiple assignments to name '{name}' in pattern"));
            }
        }
    }

    fn sequence(&mut self, node: &'u ast::PatternMatchSequence, slot: u16, fail: Label, captures: &mut Captures<'u>) {
        let star = node.patterns.iter().position(Pattern::is_match_star);
        if let Some(star) = star
            && node.patterns[star + 1..].iter().any(Pattern::is_match_star)
        {
            self.complain(Reason::Syntax, node, "multiple starred expressions in sequence pattern");
            return;
        }
        self.check_sequence(slot, node.patterns.len() - usize::from(star.is_some()), star.is_some(), fail);
        self.code.emit(Instruction::LoadLocal(slot));
        match star {
            None => self.code.emit(Instruction::Unpack(node.patterns.len() as u32)),
            Some(before) => {
                let after = self.small(node.patterns.len() - before - 1, node);
                let before = self.small(before, node);
                self.code.emit(Instruction::UnpackStar(before, after));
            }
        }
        let slots: Vec<u16> = node.patterns.iter().map(|pattern| self.temporary(pattern)).collect();
        slots.iter().for_each(|&slot| self.code.emit(Instruction::StoreLocal(slot)));
        for (pattern, slot) in node.patterns.iter().zip(slots) {
            match pattern {
                Pattern::MatchStar(star) => {
                    if let Some(name) = &star.name {
                        self.capture(name, slot, captures, pattern);
                    }
                }
                _ => self.pattern(pattern, slot, fail, captures),
            }
        }
    }

    /// `{"key": pattern, **rest}`: the prelude looks the keys up.
    fn mapping(&mut self, node: &'u ast::PatternMatchMapping, slot: u16, fail: Label, captures: &mut Captures<'u>) {
        self.load_library("match_mapping");
        self.code.emit(Instruction::LoadLocal(slot));
        node.keys.iter().for_each(|key| self.expression(key));
        self.code.emit(Instruction::BuildTuple(node.keys.len() as u32));
        self.code.constant(Constant::Bool(node.rest.is_some()));
        self.code.emit(Instruction::Call(3));
        let mut slots = self.found(node.keys.len() + usize::from(node.rest.is_some()), fail, node);
        if let Some(name) = &node.rest
            && let Some(rest) = slots.pop()
        {
            self.capture(name, rest, captures, node);
        }
        for (pattern, slot) in node.patterns.iter().zip(slots) {
            self.pattern(pattern, slot, fail, captures);
        }
    }

    /// `Class(pattern, name=pattern)`: the prelude asks the object for the attributes.
    fn class(&mut self, node: &'u ast::PatternMatchClass, slot: u16, fail: Label, captures: &mut Captures<'u>) {
        let arguments = &node.arguments;
        self.load_library("match_class");
        self.code.emit(Instruction::LoadLocal(slot));
        self.expression(&node.cls);
        self.code.constant(Constant::Int(arguments.patterns.len().into()));
        for keyword in &arguments.keywords {
            self.text(&keyword.attr);
        }
        self.code.emit(Instruction::BuildTuple(arguments.keywords.len() as u32));
        self.code.emit(Instruction::Call(4));
        let slots = self.found(arguments.patterns.len() + arguments.keywords.len(), fail, node);
        let patterns = arguments.patterns.iter().chain(arguments.keywords.iter().map(|keyword| &keyword.pattern));
        for (pattern, slot) in patterns.zip(slots) {
            self.pattern(pattern, slot, fail, captures);
        }
    }

    /// `[list or None] → []`: jumps to `fail` on `None`; else the slots that the `count` values of the list are put into.
    fn found(&mut self, count: usize, fail: Label, at: impl Ranged + Copy) -> Vec<u16> {
        let list = self.temporary(at);
        self.code.emit(Instruction::StoreLocal(list));
        self.code.emit(Instruction::LoadLocal(list));
        self.code.emit(Instruction::None);
        self.code.emit(Instruction::Compare(Comparison::Is));
        self.code.jump(Instruction::JumpIfTrue, fail);
        let slots: Vec<u16> = (0..count).map(|_| self.temporary(at)).collect();
        if count > 0 {
            self.code.emit(Instruction::LoadLocal(list));
            self.code.emit(Instruction::Unpack(count as u32));
            slots.iter().for_each(|&slot| self.code.emit(Instruction::StoreLocal(slot)));
        }
        self.forget(list);
        slots
    }

    /// Jumps to `fail` unless the value is a sequence (and no string) of a fitting length.
    fn check_sequence(&mut self, slot: u16, length: usize, or_longer: bool, fail: Label) {
        for hook in ["is_sequence", "len"] {
            self.load_library(hook);
            self.code.emit(Instruction::LoadLocal(slot));
            self.code.emit(Instruction::Call(1));
            if hook == "len" {
                self.code.constant(Constant::Int(length.into()));
                let comparison = if or_longer { Comparison::GreaterOrEqual } else { Comparison::Equal };
                self.code.emit(Instruction::Compare(comparison));
            }
            self.code.jump(Instruction::JumpIfFalse, fail);
        }
    }
}
