//! Expressions, other than calls (`call`) and comprehensions.

use super::function::Emitter;
use crate::base::diagnostic::Reason;
use crate::bytecode::{BinaryOperator, Comparison, Constant, Conversion, Hint, HintKind, Instruction, UnaryOperator};
use num_bigint::BigInt;
use ruff_python_ast::{
    self as ast, BoolOp, CmpOp, Expr, FStringPart, InterpolatedStringElement, Number, Operator, UnaryOp,
};
use ruff_text_size::Ranged;
use std::sync::Arc;

/// CPython's limit: turning text into a number takes quadratic time.
const DIGIT_LIMIT: usize = 4300;

impl<'u> Emitter<'u> {
    /// `[] → [value]`
    pub(super) fn expression(&mut self, expression: &'u Expr) {
        self.expression_for(expression, None);
    }

    /// `[] → [value]`, which goes to where `hint` says.
    pub(super) fn expression_for(&mut self, expression: &'u Expr, hint: Option<Hint>) {
        if !self.spend(expression) {
            // The compiler gives up; a value keeps the stack in order till it returns.
            self.code.emit(Instruction::None);
            return;
        }
        let line = self.code.current_line();
        let own = self.line_of(expression);
        self.code.line(own);
        match self.constant_of(expression) {
            Some(Constant::None) => self.code.emit(Instruction::None),
            Some(constant) => self.code.constant(constant),
            None => self.computed(expression, hint),
        }
        self.code.line(line);
    }

    fn computed(&mut self, expression: &'u Expr, hint: Option<Hint>) {
        let element = hint.map(|hint| Hint { kind: HintKind::Element, ..hint });
        match expression {
            Expr::Name(name) => self.load_name(&name.id),
            Expr::Call(call) => self.call(call, hint),
            Expr::Attribute(attribute) => self.attribute(attribute),
            Expr::Subscript(item) => {
                self.expression(&item.value);
                self.expression(&item.slice);
                self.code.emit(Instruction::LoadItem);
            }
            Expr::Slice(slice) => self.slice(slice),
            Expr::BoolOp(operation) => self.boolean(operation),
            Expr::BinOp(operation) => {
                self.expression_for(&operation.left, element);
                self.expression(&operation.right);
                let operator = Self::operator(operation.op);
                self.code.emit(Instruction::Binary(operator));
            }
            Expr::UnaryOp(operation) => {
                self.expression(&operation.operand);
                self.code.emit(Instruction::Unary(unary(operation.op)));
            }
            Expr::Compare(comparison) => self.comparison(comparison),
            Expr::If(conditional) => self.conditional(conditional, hint),
            Expr::Named(named) => self.named(named),
            Expr::Lambda(lambda) => self.lambda(lambda),
            Expr::Tuple(tuple) => self.tuple(&tuple.elts, element),
            Expr::List(list) => self.list(&list.elts, element),
            Expr::Set(set) => self.set(&set.elts, element),
            Expr::Dict(dict) => self.dict(dict, element),
            Expr::ListComp(node) => self.list_comprehension(node, element),
            Expr::SetComp(node) => self.set_comprehension(node, element),
            Expr::DictComp(node) => self.dict_comprehension(node, element),
            Expr::Generator(node) => self.generator(node),
            Expr::FString(text) => self.f_string(&text.value),
            Expr::Yield(node) => {
                match &node.value {
                    Some(value) => self.expression(value),
                    None => self.code.emit(Instruction::None),
                }
                self.code.emit(Instruction::Yield);
            }
            Expr::YieldFrom(node) => self.yield_from(&node.value),
            Expr::Starred(_) => {
                self.complain(Reason::Syntax, expression, "can't use starred expression here");
                self.code.emit(Instruction::None);
            }
            _ => self.untranslated(expression),
        }
    }

    /// `yield from iterable`
    fn yield_from(&mut self, iterable: &'u Expr) {
        self.expression(iterable);
        self.code.emit(Instruction::GetIterator);
        self.code.emit(Instruction::None);
        let (top, end) = (self.code.here(), self.code.label());
        self.code.jump(Instruction::Delegate, end);
        self.code.emit(Instruction::Yield);
        self.code.jump(Instruction::Jump, top);
        self.code.place(end);
    }

    /// Literals are constants, and `refuse` turns away what has no translation; a construct that is neither fails closed.
    fn untranslated(&mut self, expression: &Expr) {
        self.complain(Reason::Unsupported, expression, "this expression is not supported");
        self.code.emit(Instruction::None);
    }

    /// The constant that an expression is, if it is one: a literal, a negative number, or a tuple of them.
    pub(super) fn constant_of(&mut self, expression: &Expr) -> Option<Constant> {
        match expression {
            Expr::NoneLiteral(_) => Some(Constant::None),
            Expr::EllipsisLiteral(_) => Some(Constant::Ellipsis),
            Expr::BooleanLiteral(literal) => Some(Constant::Bool(literal.value)),
            Expr::StringLiteral(literal) => Some(Constant::Str(Arc::from(literal.value.to_str()))),
            Expr::BytesLiteral(literal) => Some(Constant::Bytes(literal.value.bytes().collect())),
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Int(value) => Some(Constant::Int(self.integer(value, literal))),
                Number::Float(value) => Some(Constant::Float(*value)),
                Number::Complex { .. } => None,
            },
            Expr::UnaryOp(ast::ExprUnaryOp { op: UnaryOp::USub, operand, .. }) if operand.is_number_literal_expr() => {
                match self.constant_of(operand)? {
                    Constant::Int(value) => Some(Constant::Int(-value)),
                    Constant::Float(value) => Some(Constant::Float(-value)),
                    Constant::None
                    | Constant::Ellipsis
                    | Constant::Bool(_)
                    | Constant::Str(_)
                    | Constant::Bytes(_)
                    | Constant::Tuple(_) => None,
                }
            }
            Expr::Tuple(tuple) => {
                let literal = |element: &Expr| element.is_literal_expr() || element.is_unary_op_expr();
                if !tuple.elts.iter().all(literal) {
                    return None;
                }
                tuple.elts.iter().map(|element| self.constant_of(element)).collect::<Option<_>>().map(Constant::Tuple)
            }
            _ => None,
        }
    }

    fn integer(&mut self, value: &ast::Int, at: impl Ranged) -> BigInt {
        if let Some(small) = value.as_u64() {
            return BigInt::from(small);
        }
        let digits = value.to_string().replace('_', "").to_ascii_lowercase();
        let (digits, radix) = match digits.get(..2) {
            Some("0x") => (&digits[2..], 16),
            Some("0o") => (&digits[2..], 8),
            Some("0b") => (&digits[2..], 2),
            _ => (&digits[..], 10),
        };
        if radix == 10 && digits.len() > DIGIT_LIMIT {
            let message = "exceeds the limit (4300 digits) for integer string conversion";
            self.complain(Reason::Syntax, at, message);
            return BigInt::ZERO;
        }
        BigInt::parse_bytes(digits.as_bytes(), radix).unwrap_or_else(|| {
            self.complain(Reason::Syntax, at, "invalid number");
            BigInt::ZERO
        })
    }

    pub(super) fn operator(operator: Operator) -> BinaryOperator {
        match operator {
            Operator::Add => BinaryOperator::Add,
            Operator::Sub => BinaryOperator::Subtract,
            Operator::Mult => BinaryOperator::Multiply,
            Operator::MatMult => BinaryOperator::MatrixMultiply,
            Operator::Div => BinaryOperator::Divide,
            Operator::FloorDiv => BinaryOperator::FloorDivide,
            Operator::Mod => BinaryOperator::Modulo,
            Operator::Pow => BinaryOperator::Power,
            Operator::LShift => BinaryOperator::ShiftLeft,
            Operator::RShift => BinaryOperator::ShiftRight,
            Operator::BitAnd => BinaryOperator::And,
            Operator::BitOr => BinaryOperator::Or,
            Operator::BitXor => BinaryOperator::Xor,
        }
    }

    /// An attribute belongs to the line of its name, as in CPython's tracebacks.
    fn attribute(&mut self, attribute: &'u ast::ExprAttribute) {
        self.expression(&attribute.value);
        let name = self.symbol(&attribute.attr);
        let line = self.line_of(&attribute.attr);
        self.code.line(line);
        self.code.emit(Instruction::LoadAttribute(name));
    }

    fn slice(&mut self, slice: &'u ast::ExprSlice) {
        for bound in [&slice.lower, &slice.upper, &slice.step] {
            match bound {
                Some(bound) => self.expression(bound),
                None => self.code.emit(Instruction::None),
            }
        }
        self.code.emit(Instruction::BuildSlice);
    }

    fn boolean(&mut self, operation: &'u ast::ExprBoolOp) {
        let end = self.code.label();
        let last = operation.values.len() - 1;
        for (index, value) in operation.values.iter().enumerate() {
            self.expression(value);
            if index < last {
                let jump: fn(u32) -> Instruction = match operation.op {
                    BoolOp::And => Instruction::JumpIfFalseOrPop,
                    BoolOp::Or => Instruction::JumpIfTrueOrPop,
                };
                self.code.jump(jump, end);
            }
        }
        self.code.place(end);
    }

    /// `a < b < c`: the middle is evaluated once.
    fn comparison(&mut self, comparison: &'u ast::ExprCompare) {
        self.expression(&comparison.left);
        let (failed, end) = (self.code.label(), self.code.label());
        let last = comparison.ops.len() - 1;
        for (index, (operator, right)) in comparison.ops.iter().zip(&comparison.comparators).enumerate() {
            self.expression(right);
            if index < last {
                self.code.emit(Instruction::Duplicate);
                self.code.emit(Instruction::Rotate3);
                self.code.emit(Instruction::Compare(compare(*operator)));
                self.code.jump(Instruction::JumpIfFalseOrPop, failed);
            } else {
                self.code.emit(Instruction::Compare(compare(*operator)));
            }
        }
        if last > 0 {
            self.code.jump(Instruction::Jump, end);
            self.code.place(failed);
            self.code.emit(Instruction::Swap);
            self.code.emit(Instruction::Pop);
            self.code.place(end);
        }
    }

    fn conditional(&mut self, conditional: &'u ast::ExprIf, hint: Option<Hint>) {
        let (otherwise, end) = (self.code.label(), self.code.label());
        self.jump_unless(&conditional.test, otherwise);
        self.expression_for(&conditional.body, hint);
        self.code.jump(Instruction::Jump, end);
        self.code.place(otherwise);
        self.expression_for(&conditional.orelse, hint);
        self.code.place(end);
    }

    fn named(&mut self, named: &'u ast::ExprNamed) {
        if let Expr::Name(target) = &*named.target {
            let hint = self.hint(&target.id, HintKind::Variable);
            self.expression_for(&named.value, Some(hint));
            self.code.emit(Instruction::Duplicate);
            self.store_name(&target.id);
        }
    }

    /// Jumps to `label` when the condition is false.
    pub(super) fn jump_unless(&mut self, condition: &'u Expr, label: crate::bytecode::builder::Label) {
        match condition {
            Expr::UnaryOp(ast::ExprUnaryOp { op: UnaryOp::Not, operand, .. }) => self.jump_if(operand, label),
            Expr::BoolOp(ast::ExprBoolOp { op: BoolOp::And, values, .. }) => {
                values.iter().for_each(|value| self.jump_unless(value, label));
            }
            Expr::BoolOp(ast::ExprBoolOp { op: BoolOp::Or, values, .. }) => {
                let holds = self.code.label();
                if let [first @ .., last] = &values[..] {
                    first.iter().for_each(|value| self.jump_if(value, holds));
                    self.jump_unless(last, label);
                }
                self.code.place(holds);
            }
            _ => match self.truth(condition) {
                Some(true) => {}
                Some(false) => self.code.jump(Instruction::Jump, label),
                None => {
                    self.expression(condition);
                    self.code.jump(Instruction::JumpIfFalse, label);
                }
            },
        }
    }

    /// Jumps to `label` when the condition is true.
    pub(super) fn jump_if(&mut self, condition: &'u Expr, label: crate::bytecode::builder::Label) {
        match condition {
            Expr::UnaryOp(ast::ExprUnaryOp { op: UnaryOp::Not, operand, .. }) => self.jump_unless(operand, label),
            Expr::BoolOp(ast::ExprBoolOp { op: BoolOp::Or, values, .. }) => {
                values.iter().for_each(|value| self.jump_if(value, label));
            }
            Expr::BoolOp(ast::ExprBoolOp { op: BoolOp::And, values, .. }) => {
                let fails = self.code.label();
                if let [first @ .., last] = &values[..] {
                    first.iter().for_each(|value| self.jump_unless(value, fails));
                    self.jump_if(last, label);
                }
                self.code.place(fails);
            }
            _ => match self.truth(condition) {
                Some(true) => self.code.jump(Instruction::Jump, label),
                Some(false) => {}
                None => {
                    self.expression(condition);
                    self.code.jump(Instruction::JumpIfTrue, label);
                }
            },
        }
    }

    /// The truth of a literal: `while True` tests nothing.
    fn truth(&mut self, condition: &Expr) -> Option<bool> {
        match self.constant_of(condition)? {
            Constant::None => Some(false),
            Constant::Bool(value) => Some(value),
            Constant::Int(value) => Some(value != BigInt::ZERO),
            Constant::Ellipsis | Constant::Float(_) | Constant::Str(_) | Constant::Bytes(_) | Constant::Tuple(_) => {
                None
            }
        }
    }

    fn tuple(&mut self, elements: &'u [Expr], hint: Option<Hint>) {
        if elements.iter().any(Expr::is_starred_expr) {
            self.list(elements, hint);
            self.code.emit(Instruction::ListToTuple);
            return;
        }
        elements.iter().for_each(|element| self.expression_for(element, hint));
        self.code.emit(Instruction::BuildTuple(elements.len() as u32));
    }

    /// `[] → [list]`; also the positional arguments of a call with `*`.
    pub(super) fn list(&mut self, elements: &'u [Expr], hint: Option<Hint>) {
        self.display(elements, hint, Instruction::BuildList, Instruction::ListExtend, Instruction::ListAppend(1));
    }

    fn set(&mut self, elements: &'u [Expr], hint: Option<Hint>) {
        self.display(elements, hint, Instruction::BuildSet, Instruction::SetUpdate, Instruction::SetAdd(1));
    }

    fn display(
        &mut self,
        elements: &'u [Expr],
        hint: Option<Hint>,
        build: fn(u32) -> Instruction,
        extend: Instruction,
        append: Instruction,
    ) {
        let plain = elements.iter().position(Expr::is_starred_expr).unwrap_or(elements.len());
        elements[..plain].iter().for_each(|element| self.expression_for(element, hint));
        self.code.emit(build(plain as u32));
        for element in &elements[plain..] {
            match element {
                Expr::Starred(starred) => {
                    self.expression(&starred.value);
                    self.code.emit(extend);
                }
                _ => {
                    self.expression_for(element, hint);
                    self.code.emit(append);
                }
            }
        }
    }

    fn dict(&mut self, dict: &'u ast::ExprDict, hint: Option<Hint>) {
        let plain = dict.items.iter().position(|item| item.key.is_none()).unwrap_or(dict.items.len());
        for item in &dict.items[..plain] {
            if let Some(key) = &item.key {
                self.expression(key);
            }
            self.expression_for(&item.value, hint);
        }
        self.code.emit(Instruction::BuildDict(plain as u32));
        for item in &dict.items[plain..] {
            match &item.key {
                Some(key) => {
                    self.expression(key);
                    self.expression_for(&item.value, hint);
                    self.code.emit(Instruction::DictInsert(1));
                }
                None => {
                    self.expression(&item.value);
                    self.code.emit(Instruction::DictUpdate);
                }
            }
        }
    }

    fn f_string(&mut self, value: &'u ast::FStringValue) {
        let mut parts = Parts::default();
        for part in value {
            match part {
                FStringPart::Literal(literal) => parts.literal.push_str(literal),
                FStringPart::FString(string) => self.elements(&string.elements, &mut parts),
            }
        }
        self.finish_string(parts);
    }

    /// Emits the elements of an f-string or of a format specification.
    fn elements(&mut self, elements: &'u [InterpolatedStringElement], parts: &mut Parts) {
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => parts.literal.push_str(literal),
                InterpolatedStringElement::Interpolation(element) => {
                    if let Some(text) = &element.debug_text {
                        parts.literal.push_str(text.as_str());
                    }
                    self.flush(parts);
                    self.interpolation(element);
                    parts.count += 1;
                }
            }
        }
    }

    fn interpolation(&mut self, element: &'u ast::InterpolatedElement) {
        self.expression(&element.expression);
        let conversion = match element.conversion {
            ast::ConversionFlag::Str => Conversion::Str,
            ast::ConversionFlag::Repr => Conversion::Repr,
            ast::ConversionFlag::Ascii => Conversion::Ascii,
            ast::ConversionFlag::None if element.debug_text.is_some() && element.format_spec.is_none() => {
                Conversion::Repr
            }
            ast::ConversionFlag::None => Conversion::Format,
        };
        match &element.format_spec {
            None => self.code.emit(Instruction::FormatValue(conversion)),
            Some(spec) => {
                let mut parts = Parts::default();
                self.elements(&spec.elements, &mut parts);
                self.finish_string(parts);
                self.code.emit(Instruction::FormatWithSpec(conversion));
            }
        }
    }

    fn flush(&mut self, parts: &mut Parts) {
        if !parts.literal.is_empty() {
            let literal = std::mem::take(&mut parts.literal);
            self.text(&literal);
            parts.count += 1;
        }
    }

    fn finish_string(&mut self, mut parts: Parts) {
        if parts.count == 0 {
            self.text(&parts.literal);
            return;
        }
        self.flush(&mut parts);
        self.code.emit(Instruction::BuildString(parts.count));
    }
}

/// The pieces of an f-string: how many are on the stack, and the text since.
#[derive(Default)]
struct Parts {
    count: u32,
    literal: String,
}

fn unary(operator: UnaryOp) -> UnaryOperator {
    match operator {
        UnaryOp::USub => UnaryOperator::Negate,
        UnaryOp::UAdd => UnaryOperator::Positive,
        UnaryOp::Invert => UnaryOperator::Invert,
        UnaryOp::Not => UnaryOperator::Not,
    }
}

fn compare(operator: CmpOp) -> Comparison {
    match operator {
        CmpOp::Eq => Comparison::Equal,
        CmpOp::NotEq => Comparison::NotEqual,
        CmpOp::Lt => Comparison::Less,
        CmpOp::LtE => Comparison::LessOrEqual,
        CmpOp::Gt => Comparison::Greater,
        CmpOp::GtE => Comparison::GreaterOrEqual,
        CmpOp::Is => Comparison::Is,
        CmpOp::IsNot => Comparison::IsNot,
        CmpOp::In => Comparison::In,
        CmpOp::NotIn => Comparison::NotIn,
    }
}
