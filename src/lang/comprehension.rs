//! Comprehensions, written out in place, and generator expressions, which are codes of their own.

use super::function::Emitter;
use super::span;
use crate::bytecode::{Hint, Instruction};
use ruff_python_ast::{self as ast, Expr};
use ruff_text_size::Ranged;

/// What a comprehension does with each element.
#[derive(Clone, Copy)]
enum Element<'u> {
    List(&'u Expr),
    Set(&'u Expr),
    Dict(&'u Expr, &'u Expr),
    Yield(&'u Expr),
}

impl<'u> Emitter<'u> {
    pub(super) fn list_comprehension(&mut self, node: &'u ast::ExprListComp, hint: Option<Hint>) {
        self.collect_into(Instruction::BuildList(0), Element::List(&node.elt), &node.generators, node, hint);
    }

    pub(super) fn set_comprehension(&mut self, node: &'u ast::ExprSetComp, hint: Option<Hint>) {
        self.collect_into(Instruction::BuildSet(0), Element::Set(&node.elt), &node.generators, node, hint);
    }

    pub(super) fn dict_comprehension(&mut self, node: &'u ast::ExprDictComp, hint: Option<Hint>) {
        let Some(key) = node.key.as_deref() else { return };
        let element = Element::Dict(key, &node.value);
        self.collect_into(Instruction::BuildDict(0), element, &node.generators, node, hint);
    }

    /// `[] → [collection]`; the first iterable is evaluated outside.
    fn collect_into(
        &mut self,
        build: Instruction,
        element: Element<'u>,
        generators: &'u [ast::Comprehension],
        at: impl Ranged,
        hint: Option<Hint>,
    ) {
        let Some(first) = generators.first() else { return };
        self.expression(&first.iter);
        self.code.emit(Instruction::GetIterator);
        self.code.emit(build);
        self.code.emit(Instruction::Swap);
        let inner = self.scopes.at(span(at));
        let around = std::mem::replace(&mut self.scope, inner);
        for cell in self.scopes.comprehension_cells(inner) {
            self.code.emit(Instruction::NewCell(cell));
        }
        self.iterate(generators, 0, element, hint);
        self.scope = around;
    }

    pub(super) fn generator(&mut self, node: &'u ast::ExprGenerator) {
        let Some(first) = node.generators.first() else { return };
        let scope = self.scopes.at(span(node));
        self.generator_code(scope, |inner| {
            inner.code.emit(Instruction::LoadLocal(0));
            inner.iterate(&node.generators, 0, Element::Yield(&node.elt), None);
        });
        self.expression(&first.iter);
        self.code.emit(Instruction::GetIterator);
        self.code.emit(Instruction::Call(1));
    }

    /// `[collection iterators … iterator] → [collection iterators …]`: runs the loop number `index` and those inside it.
    fn iterate(
        &mut self,
        generators: &'u [ast::Comprehension],
        index: usize,
        element: Element<'u>,
        hint: Option<Hint>,
    ) {
        let generator = &generators[index];
        let (top, end) = (self.code.here(), self.code.label());
        self.code.jump(Instruction::ForIterate, end);
        self.store(&generator.target);
        for condition in &generator.ifs {
            self.jump_unless(condition, top);
        }
        if let Some(next) = generators.get(index + 1) {
            self.expression(&next.iter);
            self.code.emit(Instruction::GetIterator);
            self.iterate(generators, index + 1, element, hint);
        } else {
            let below = self.small(generators.len() + 1, generator);
            self.element(element, below, hint);
        }
        self.code.jump(Instruction::Jump, top);
        self.code.place(end);
    }

    /// Adds an element to the collection that lies `below` values down.
    fn element(&mut self, element: Element<'u>, below: u16, hint: Option<Hint>) {
        match element {
            Element::List(value) => {
                self.expression_for(value, hint);
                self.code.emit(Instruction::ListAppend(below));
            }
            Element::Set(value) => {
                self.expression_for(value, hint);
                self.code.emit(Instruction::SetAdd(below));
            }
            Element::Dict(key, value) => {
                self.expression(key);
                self.expression_for(value, hint);
                self.code.emit(Instruction::DictInsert(below));
            }
            Element::Yield(value) => {
                self.expression(value);
                self.code.emit(Instruction::Yield);
                self.code.emit(Instruction::Pop);
            }
        }
    }
}
