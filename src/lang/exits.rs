//! Ways out of a block: `return`, `break`, `continue`, `try` and `with`.
//!
//! A statement that leaves blocks runs what they owe on the way: `finally` bodies, `__exit__` calls, the end of an
//! exception's handling. That code is written out at each exit, and no handler of the blocks already left covers it.

use super::function::Emitter;
use crate::base::diagnostic::Reason;
use crate::bytecode::Instruction;
use crate::bytecode::builder::{Label, Region};
use ruff_python_ast::{self as ast, Expr, Stmt};
use ruff_text_size::Ranged;

/// CPython's own limit.
const BLOCK_LIMIT: usize = 20;
/// How deeply `finally` bodies may hold `try … finally`: each level is written out at least twice.
const FINALLY_LIMIT: u32 = 5;

/// What lies between a statement and the edge of its code.
#[derive(Clone, Copy, Debug)]
pub(super) enum Block<'u> {
    /// A loop; a `for` has its iterator on the stack.
    Loop { start: Label, end: Label, iterator: bool },
    /// A `try` body with handlers.
    Try(Region),
    /// A `try` with a `finally` body.
    Finally(Region, &'u [Stmt]),
    /// A `with`, its manager on the stack, and its line.
    With(Region, u32),
    /// An exception is being handled.
    Handling,
    /// A handler's body, and the name that is unbound at its end.
    HandlerName(Region, &'u str),
    /// A value that waits on the stack, for a `return` that runs a `finally` body first.
    Value,
}

impl Block<'_> {
    fn region(self) -> Option<Region> {
        match self {
            Block::Try(region) | Block::Finally(region, _) | Block::With(region, _) | Block::HandlerName(region, _) => {
                Some(region)
            }
            Block::Loop { .. } | Block::Handling | Block::Value => None,
        }
    }
}

impl<'u> Emitter<'u> {
    pub(super) fn push_block(&mut self, block: Block<'u>, at: impl Ranged) {
        if self.blocks.len() == BLOCK_LIMIT {
            self.complain(Reason::Syntax, at, "too many statically nested blocks");
        }
        self.blocks.push(block);
    }

    pub(super) fn return_value(&mut self, value: Option<&'u Expr>) {
        match value {
            Some(value) => self.expression(value),
            None => self.code.emit(Instruction::None),
        }
        self.leave(0, true, |emitter| emitter.code.emit(Instruction::Return));
    }

    pub(super) fn break_loop(&mut self) {
        let Some((depth, _, end, iterator)) = self.innermost_loop() else { return };
        self.leave(depth + 1, false, |emitter| {
            if iterator {
                emitter.code.emit(Instruction::Pop);
            }
            emitter.code.jump(Instruction::Jump, end);
        });
    }

    pub(super) fn continue_loop(&mut self) {
        let Some((depth, start, ..)) = self.innermost_loop() else { return };
        self.leave(depth + 1, false, |emitter| emitter.code.jump(Instruction::Jump, start));
    }

    fn innermost_loop(&self) -> Option<(usize, Label, Label, bool)> {
        self.blocks.iter().enumerate().rev().find_map(|(depth, block)| match *block {
            Block::Loop { start, end, iterator } => Some((depth, start, end, iterator)),
            _ => None,
        })
    }

    /// Leaves all but `kept` blocks, then runs `go`. With `value`, one waits on top of the stack.
    fn leave(&mut self, kept: usize, value: bool, go: impl FnOnce(&mut Self)) {
        let line = self.code.current_line();
        let left: Vec<Block<'u>> = self.blocks[kept..].to_vec();
        while self.blocks.len() > kept {
            if let Some(block) = self.blocks.pop() {
                self.leave_block(block, value, line);
            }
        }
        go(self);
        for block in left {
            if let Some(region) = block.region() {
                self.code.resume_region(region);
            }
            self.blocks.push(block);
        }
    }

    fn leave_block(&mut self, block: Block<'u>, value: bool, line: u32) {
        if let Some(region) = block.region() {
            self.code.pause_region(region);
        }
        match block {
            Block::Loop { iterator: false, .. } | Block::Try(_) => {}
            Block::Loop { iterator: true, .. } | Block::Value => {
                if value {
                    self.code.emit(Instruction::Swap);
                }
                self.code.emit(Instruction::Pop);
            }
            Block::Handling => self.code.emit(Instruction::EndHandled),
            Block::HandlerName(_, name) => self.unbind_handler_name(name),
            Block::With(_, with_line) => {
                if value {
                    self.code.emit(Instruction::Swap);
                }
                self.code.line(with_line);
                self.code.emit(Instruction::ExitWith);
                self.code.emit(Instruction::Pop);
            }
            Block::Finally(_, body) => {
                if value {
                    self.blocks.push(Block::Value);
                }
                self.finally_body(body);
                if value {
                    self.blocks.pop();
                }
            }
        }
        self.code.line(line);
    }

    /// `None` first: the body may have unbound the name itself.
    fn unbind_handler_name(&mut self, name: &str) {
        self.code.emit(Instruction::None);
        self.store_name(name);
        self.delete_name(name);
    }

    fn finally_body(&mut self, body: &'u [Stmt]) {
        self.finally_depth += 1;
        if self.finally_depth > FINALLY_LIMIT {
            if let Some(first) = body.first() {
                let message = "`finally` inside `finally` is nested too deeply";
                self.complain(Reason::Unsupported, first, message);
            }
        } else {
            self.statements(body);
        }
        self.finally_depth -= 1;
    }

    pub(super) fn try_statement(&mut self, statement: &'u ast::StmtTry) {
        if statement.finalbody.is_empty() {
            self.try_except(statement);
            return;
        }
        let (failed, end) = (self.code.label(), self.code.label());
        let region = self.code.open_region(0);
        self.push_block(Block::Finally(region, &statement.finalbody), statement);
        self.try_except(statement);
        self.blocks.pop();
        self.code.close_region(region, failed);
        self.finally_body(&statement.finalbody);
        self.code.jump(Instruction::Jump, end);

        self.code.place(failed);
        self.push_block(Block::Handling, statement);
        self.finally_body(&statement.finalbody);
        self.blocks.pop();
        self.code.emit(Instruction::Reraise);
        self.code.place(end);
    }

    /// A `try` without its `finally`.
    fn try_except(&mut self, statement: &'u ast::StmtTry) {
        if statement.handlers.is_empty() {
            self.statements(&statement.body);
            return;
        }
        let (failed, end) = (self.code.label(), self.code.label());
        let region = self.code.open_region(0);
        self.push_block(Block::Try(region), statement);
        self.statements(&statement.body);
        self.blocks.pop();
        self.code.close_region(region, failed);
        self.statements(&statement.orelse);
        self.code.jump(Instruction::Jump, end);

        self.code.place(failed);
        self.push_block(Block::Handling, statement);
        let last = statement.handlers.len() - 1;
        for (index, handler) in statement.handlers.iter().enumerate() {
            let ast::ExceptHandler::ExceptHandler(clause) = handler;
            if clause.type_.is_none() && index < last {
                self.complain(Reason::Syntax, clause, "default 'except:' must be last");
            }
            self.except_clause(clause, end);
        }
        self.blocks.pop();
        self.code.emit(Instruction::Reraise);
        self.code.place(end);
    }

    fn except_clause(&mut self, clause: &'u ast::ExceptHandlerExceptHandler, end: Label) {
        let next = self.code.label();
        let line = self.line_of(clause);
        self.code.line(line);
        if let Some(types) = &clause.type_ {
            self.expression(types);
            self.code.emit(Instruction::MatchHandled);
            self.code.jump(Instruction::JumpIfFalse, next);
        }
        match &clause.name {
            Some(name) => self.named_handler(clause, name),
            None => self.statements(&clause.body),
        }
        self.code.emit(Instruction::EndHandled);
        self.code.jump(Instruction::Jump, end);
        self.code.place(next);
    }

    /// `as name`: the name is unbound however the body ends.
    fn named_handler(&mut self, clause: &'u ast::ExceptHandlerExceptHandler, name: &'u str) {
        self.code.emit(Instruction::LoadHandled);
        self.store_name(name);
        let (failed, end) = (self.code.label(), self.code.label());
        let region = self.code.open_region(0);
        self.push_block(Block::HandlerName(region, name), clause);
        self.statements(&clause.body);
        self.blocks.pop();
        self.code.close_region(region, failed);
        self.unbind_handler_name(name);
        self.code.jump(Instruction::Jump, end);
        self.code.place(failed);
        self.unbind_handler_name(name);
        self.code.emit(Instruction::Reraise);
        self.code.place(end);
    }

    /// The item number `index` of a `with`, the others inside it.
    pub(super) fn with(&mut self, statement: &'u ast::StmtWith, index: usize) {
        let Some(item) = statement.items.get(index) else { return self.statements(&statement.body) };
        let line = self.line_of(&item.context_expr);
        self.code.line(line);
        let hint = item.optional_vars.as_deref().and_then(|target| match target {
            Expr::Name(name) => Some(self.hint(&name.id, crate::bytecode::HintKind::Variable)),
            _ => None,
        });
        self.expression_for(&item.context_expr, hint);
        self.code.emit(Instruction::Duplicate);
        self.code.emit(Instruction::EnterWith);
        let (failed, swallowed, end) = (self.code.label(), self.code.label(), self.code.label());
        let region = self.code.open_region(1);
        self.push_block(Block::With(region, line), item);
        match &item.optional_vars {
            Some(target) => self.store(target),
            None => self.code.emit(Instruction::Pop),
        }
        if self.blocks.len() <= BLOCK_LIMIT {
            self.with(statement, index + 1);
        }
        self.blocks.pop();
        self.code.close_region(region, failed);
        self.code.line(line);
        self.code.emit(Instruction::ExitWith);
        self.code.emit(Instruction::Pop);
        self.code.jump(Instruction::Jump, end);

        self.code.place(failed);
        self.code.emit(Instruction::ExitWithHandled);
        self.code.jump(Instruction::JumpIfTrue, swallowed);
        self.code.emit(Instruction::Reraise);
        self.code.place(swallowed);
        self.code.emit(Instruction::EndHandled);
        self.code.place(end);
    }
}
