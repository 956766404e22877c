//! Statements, other than those with several ways out (`exits`) and `match` (`pattern`).

use super::exits::Block;
use super::function::Emitter;
use crate::bytecode::{HintKind, Instruction};
use ruff_python_ast::{self as ast, Expr, Stmt};

impl<'u> Emitter<'u> {
    pub(super) fn statements(&mut self, body: &'u [Stmt]) {
        for statement in body {
            if !self.code.reachable() || !self.spend(statement) {
                return;
            }
            let line = self.line_of(statement);
            self.code.line(line);
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &'u Stmt) {
        match statement {
            Stmt::FunctionDef(function) => self.function_definition(function),
            Stmt::ClassDef(class) => self.class_definition(class),
            Stmt::Return(statement) => self.return_value(statement.value.as_deref()),
            Stmt::Delete(statement) => statement.targets.iter().for_each(|target| self.delete(target)),
            Stmt::Assign(assign) => self.assign(assign),
            Stmt::AugAssign(assign) => self.augmented_assign(assign),
            Stmt::AnnAssign(assign) => self.annotated_assign(assign),
            Stmt::For(statement) => self.for_loop(statement),
            Stmt::While(statement) => self.while_loop(statement),
            Stmt::If(statement) => self.if_statement(statement),
            Stmt::With(statement) => self.with(statement, 0),
            Stmt::Match(statement) => self.match_statement(statement),
            Stmt::Raise(statement) => self.raise(statement),
            Stmt::Try(statement) => self.try_statement(statement),
            Stmt::Assert(statement) => self.assert(statement),
            Stmt::Import(statement) => self.import(statement),
            Stmt::ImportFrom(statement) => self.import_from(statement),
            Stmt::Expr(statement) => self.expression_statement(&statement.value),
            Stmt::Break(_) => self.break_loop(),
            Stmt::Continue(_) => self.continue_loop(),
            // Annotations and declarations do nothing when run; `refuse` turned the others away.
            Stmt::Pass(_) | Stmt::Global(_) | Stmt::Nonlocal(_) | Stmt::TypeAlias(_) | Stmt::IpyEscapeCommand(_) => {}
        }
    }

    fn expression_statement(&mut self, value: &'u Expr) {
        match value {
            Expr::StringLiteral(_) | Expr::NumberLiteral(_) | Expr::EllipsisLiteral(_) => {}
            _ => {
                self.expression(value);
                self.code.emit(Instruction::Pop);
            }
        }
    }

    fn assign(&mut self, assign: &'u ast::StmtAssign) {
        match (&assign.targets[..], &*assign.value) {
            ([Expr::Tuple(ast::ExprTuple { elts, .. })], Expr::Tuple(value)) if values_match(elts, &value.elts) => {
                // Each value is hinted by the name that it goes to; they are stored together all the same.
                for (target, value) in elts.iter().zip(&value.elts) {
                    let hint = self.hint_of_target(target);
                    self.expression_for(value, hint);
                }
                self.code.emit(Instruction::BuildTuple(elts.len() as u32));
            }
            (targets, value) => {
                let hint = targets.iter().find_map(|target| self.hint_of_target(target));
                self.expression_for(value, hint);
            }
        }
        let last = assign.targets.len() - 1;
        for (index, target) in assign.targets.iter().enumerate() {
            if index < last {
                self.code.emit(Instruction::Duplicate);
            }
            self.store(target);
        }
    }

    fn annotated_assign(&mut self, assign: &'u ast::StmtAnnAssign) {
        if let Some(value) = &assign.value {
            let hint = self.hint_of_target(&assign.target);
            self.expression_for(value, hint);
            self.store(&assign.target);
        }
    }

    /// `target op= value`: the object and the index are evaluated once.
    fn augmented_assign(&mut self, assign: &'u ast::StmtAugAssign) {
        let operator = Instruction::InPlace(Self::operator(assign.op));
        let line = self.code.current_line();
        match &*assign.target {
            Expr::Attribute(target) => {
                let name = self.symbol(&target.attr);
                self.expression(&target.value);
                self.code.emit(Instruction::Duplicate);
                self.code.emit(Instruction::LoadAttribute(name));
                self.expression(&assign.value);
                self.code.emit(operator);
                self.code.emit(Instruction::Swap);
                self.code.emit(Instruction::StoreAttribute(name));
            }
            Expr::Subscript(target) => {
                self.expression(&target.value);
                self.expression(&target.slice);
                self.code.emit(Instruction::DuplicatePair);
                self.code.emit(Instruction::LoadItem);
                self.expression(&assign.value);
                self.code.emit(operator);
                self.code.emit(Instruction::Rotate3);
                self.code.emit(Instruction::StoreItem);
            }
            target => {
                if let Expr::Name(name) = target {
                    self.load_name(&name.id);
                    self.expression(&assign.value);
                    self.code.emit(operator);
                    self.store_name(&name.id);
                }
            }
        }
        self.code.line(line);
    }

    fn if_statement(&mut self, statement: &'u ast::StmtIf) {
        let end = self.code.label();
        let first = (Some(&*statement.test), &statement.body[..]);
        let others = statement.elif_else_clauses.iter().map(|clause| (clause.test.as_ref(), &clause.body[..]));
        for (test, body) in std::iter::once(first).chain(others) {
            let next = self.code.label();
            if let Some(test) = test {
                let line = self.line_of(test);
                self.code.line(line);
                self.jump_unless(test, next);
            }
            self.statements(body);
            self.code.jump(Instruction::Jump, end);
            self.code.place(next);
        }
        self.code.place(end);
    }

    fn while_loop(&mut self, statement: &'u ast::StmtWhile) {
        let line = self.code.current_line();
        let (top, otherwise, end) = (self.code.here(), self.code.label(), self.code.label());
        self.jump_unless(&statement.test, otherwise);
        self.push_block(Block::Loop { start: top, end, iterator: false }, statement);
        self.statements(&statement.body);
        self.blocks.pop();
        self.code.line(line);
        self.code.jump(Instruction::Jump, top);
        self.code.place(otherwise);
        self.statements(&statement.orelse);
        self.code.place(end);
    }

    fn for_loop(&mut self, statement: &'u ast::StmtFor) {
        let line = self.code.current_line();
        self.expression(&statement.iter);
        self.code.emit(Instruction::GetIterator);
        let (top, otherwise, end) = (self.code.here(), self.code.label(), self.code.label());
        self.code.jump(Instruction::ForIterate, otherwise);
        self.store(&statement.target);
        self.push_block(Block::Loop { start: top, end, iterator: true }, statement);
        self.statements(&statement.body);
        self.blocks.pop();
        self.code.line(line);
        self.code.jump(Instruction::Jump, top);
        self.code.place(otherwise);
        self.statements(&statement.orelse);
        self.code.place(end);
    }

    fn raise(&mut self, statement: &'u ast::StmtRaise) {
        match (&statement.exc, &statement.cause) {
            (Some(exception), Some(cause)) => {
                self.expression(exception);
                self.expression(cause);
                self.code.emit(Instruction::RaiseFrom);
            }
            (Some(exception), None) => {
                self.expression(exception);
                self.code.emit(Instruction::Raise);
            }
            (None, _) => self.code.emit(Instruction::Reraise),
        }
    }

    fn assert(&mut self, statement: &'u ast::StmtAssert) {
        let fine = self.code.label();
        self.jump_if(&statement.test, fine);
        match &statement.msg {
            Some(message) => {
                self.expression(message);
                self.code.emit(Instruction::AssertFailedWith);
            }
            None => self.code.emit(Instruction::AssertFailed),
        }
        self.code.place(fine);
    }

    /// What a call's object is called when it is assigned to `target`.
    fn hint_of_target(&mut self, target: &Expr) -> Option<crate::bytecode::Hint> {
        match target {
            Expr::Name(name) => Some(self.hint(&name.id, HintKind::Variable)),
            Expr::Attribute(attribute) => Some(self.hint(&attribute.attr, HintKind::Attribute)),
            Expr::Subscript(item) => self.hint_of_container(&item.value),
            _ => None,
        }
    }

    /// What a call's object is called when it goes into `container`.
    pub(super) fn hint_of_container(&mut self, container: &Expr) -> Option<crate::bytecode::Hint> {
        match container {
            Expr::Name(name) => Some(self.hint(&name.id, HintKind::Element)),
            Expr::Attribute(attribute) => Some(self.hint(&attribute.attr, HintKind::Element)),
            Expr::Subscript(item) => self.hint_of_container(&item.value),
            _ => None,
        }
    }
}

fn values_match(targets: &[Expr], values: &[Expr]) -> bool {
    targets.len() == values.len() && !targets.iter().chain(values).any(Expr::is_starred_expr)
}
