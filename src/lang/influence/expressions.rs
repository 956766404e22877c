//! Expressions: how their values differ.

use super::Differs::{Inside, Itself, Not};
use super::{Differs, Known, LOOKS};
use ruff_python_ast::{CmpOp, Comprehension, Expr, ExprCompare, InterpolatedStringElement, Operator};

impl<'p> Known<'p> {
    /// How the value differs. What the expression does on the way is taken in.
    pub(super) fn value(&mut self, expression: &'p Expr) -> Differs {
        self.looks += 1;
        if self.looks > LOOKS {
            self.decide(expression);
        }
        if self.decides.is_some() {
            return Not;
        }
        match expression {
            Expr::Name(it) => {
                self.look_at(&it.id, expression);
                self.of_name(&it.id)
            }
            Expr::Attribute(it) => {
                self.look_at(&it.attr, expression);
                let whole = if self.value(&it.value) == Itself { Itself } else { Not };
                self.of_name(&it.attr).max(whole)
            }
            Expr::Call(it) => self.call(it),
            Expr::BoolOp(it) => {
                let mut most = Not;
                for (left, operand) in (0..it.values.len()).rev().zip(&it.values) {
                    let differs = self.value(operand);
                    if left > 0 && differs == Itself {
                        self.decide(operand); // what comes behind it is looked at or not
                    }
                    most = most.max(differs);
                }
                most
            }
            Expr::Named(it) => {
                let differs = self.value(&it.value);
                self.assign(&it.target, &it.value, differs);
                differs
            }
            Expr::BinOp(it) => {
                let (left, right) = (self.value(&it.left), self.value(&it.right));
                if left.max(right) > Not && !it.left.is_string_literal_expr() {
                    self.may_fail(it.op, &it.right, right);
                }
                match (left.max(right), it.op) {
                    (Inside, Operator::Add) => Inside,
                    (Inside | Itself, _) => Itself,
                    (Not, _) => Not,
                }
            }
            Expr::UnaryOp(it) => outright(self.value(&it.operand)),
            Expr::Lambda(it) => {
                it.parameters.iter().for_each(|it| self.defaults(it));
                if self.value(&it.body) > Not { Inside } else { Not }
            }
            Expr::If(it) => {
                self.condition(&it.test);
                self.value(&it.body).max(self.value(&it.orelse))
            }
            Expr::Dict(it) => {
                for key in it.items.iter().filter_map(|it| it.key.as_ref()) {
                    if self.value(key) > Not {
                        self.decide(key);
                    }
                }
                within(it.items.iter().map(|it| self.value(&it.value)).max())
            }
            Expr::Set(it) => {
                let differs = it.elts.iter().map(|it| self.value(it)).max();
                if within(differs) > Not {
                    self.decide(expression); // how many there are depends on which are equal
                }
                within(differs)
            }
            Expr::List(it) => within(it.elts.iter().map(|it| self.value(it)).max()),
            Expr::Tuple(it) => within(it.elts.iter().map(|it| self.value(it)).max()),
            Expr::ListComp(it) => self.comprehension(&it.generators, &it.elt),
            Expr::Generator(it) => self.comprehension(&it.generators, &it.elt),
            Expr::SetComp(it) => {
                let differs = self.comprehension(&it.generators, &it.elt);
                if differs > Not {
                    self.decide(expression);
                }
                differs
            }
            Expr::DictComp(it) => {
                let differs = self.comprehension(&it.generators, &it.value);
                if it.key.as_ref().is_some_and(|key| self.value(key) > Not) {
                    self.decide(expression);
                }
                differs
            }
            Expr::Await(it) => self.value(&it.value),
            Expr::Yield(it) => {
                it.value.iter().for_each(|value| self.yield_one(value));
                Not
            }
            Expr::YieldFrom(it) => {
                self.yield_one(&it.value);
                Not
            }
            Expr::Compare(it) => self.compare(it),
            Expr::FString(it) => {
                let elements: Vec<&InterpolatedStringElement> = it.value.elements().collect();
                self.parts(&elements)
            }
            Expr::TString(it) => {
                let elements: Vec<&InterpolatedStringElement> = it.value.elements().collect();
                self.parts(&elements)
            }
            Expr::Subscript(it) => {
                if self.value(&it.slice) > Not {
                    self.decide(expression);
                }
                outright(self.value(&it.value))
            }
            Expr::Starred(it) => self.value(&it.value),
            Expr::Slice(it) => {
                let ends = it.lower.iter().chain(&it.upper).chain(&it.step);
                ends.map(|it| self.value(it)).max().unwrap_or_default()
            }
            Expr::StringLiteral(_) | Expr::BytesLiteral(_) | Expr::NumberLiteral(_) | Expr::BooleanLiteral(_) => Not,
            Expr::NoneLiteral(_) | Expr::EllipsisLiteral(_) | Expr::IpyEscapeCommand(_) => Not,
        }
    }

    /// What the expression does is taken in; its value goes nowhere.
    pub(super) fn take_in(&mut self, expression: &'p Expr) {
        self.value(expression);
    }

    /// What a generator gives is what its function gives back, an item at a time.
    fn yield_one(&mut self, value: &'p Expr) {
        let differs = self.value(value);
        if let Some(function) = self.inside.last().copied() {
            self.flow(function, value, within(Some(differs)));
        }
    }

    fn comprehension(&mut self, generators: &'p [Comprehension], element: &'p Expr) -> Differs {
        for it in generators {
            self.each(&it.target, &it.iter);
            it.ifs.iter().for_each(|test| self.condition(test));
        }
        within(Some(self.value(element)))
    }

    /// Whether something is `None` does not depend on which number it is.
    fn compare(&mut self, it: &'p ExprCompare) -> Differs {
        let values = std::iter::once(&*it.left).chain(&it.comparators);
        let differs = values.map(|it| self.value(it)).max().unwrap_or_default();
        let is_none = matches!((&*it.ops, &*it.comparators), ([CmpOp::Is | CmpOp::IsNot], [Expr::NoneLiteral(_)]));
        if is_none && self.alike { Not } else { outright(differs) }
    }

    fn parts(&mut self, elements: &[&'p InterpolatedStringElement]) -> Differs {
        let mut differs = Not;
        for element in elements {
            if let InterpolatedStringElement::Interpolation(it) = element {
                differs = differs.max(self.value(&it.expression));
                if let Some(spec) = &it.format_spec {
                    let elements: Vec<&InterpolatedStringElement> = spec.elements.iter().collect();
                    differs = differs.max(self.parts(&elements));
                }
            }
        }
        outright(differs)
    }

    /// The operation may raise an exception, by the value on its right.
    pub(super) fn may_fail(&mut self, op: Operator, right: &'p Expr, differs: Differs) {
        match op {
            Operator::Add | Operator::Sub | Operator::BitOr | Operator::BitXor | Operator::BitAnd => {}
            Operator::Mult | Operator::MatMult => {}
            Operator::Div | Operator::FloorDiv | Operator::Mod | Operator::Pow if differs == Not => {}
            Operator::Div | Operator::FloorDiv | Operator::Mod | Operator::Pow => self.decide(right),
            Operator::LShift | Operator::RShift => self.decide(right),
        }
    }
}

/// How a container of such values differs.
pub(super) fn within(differs: Option<Differs>) -> Differs {
    if differs.unwrap_or_default() > Not { Inside } else { Not }
}

/// How a value differs that is made from this one.
pub(super) fn outright(differs: Differs) -> Differs {
    if differs > Not { Itself } else { Not }
}
